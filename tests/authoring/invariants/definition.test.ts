import { expect, it } from 'vitest';
import { wrongNames } from '../../../authoring/invariants/names.ts';
import { wrongPoints } from '../../../authoring/invariants/points.ts';
import { refuseAll } from '../../../authoring/invariants/refusal.ts';
import { ShippedNames } from '../../../authoring/invariants/shipped-names.ts';
import { shippedFiles } from '../../../authoring/template/layout.ts';
import type { AssignmentDefinition, PartDefinition } from '../../../grader/assignment/define.ts';
import { ROOT } from '../../../repository.ts';
import { CASES, checkWith, gray, grayWith, RUBRIC, smallAssignment, value } from './small-part.ts';

/** What is refused before any case is run, a line for each. */
function refused(assignment: AssignmentDefinition): string[] {
  const shipped = new ShippedNames(shippedFiles({ root: ROOT, parts: assignment.parts }));
  try {
    refuseAll([...wrongNames(assignment, shipped), ...wrongPoints(assignment)]);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

it('a right assignment is not refused', () => {
  expect(refused(smallAssignment())).toEqual([]);
});

const ofCase: [what: string, part: Partial<PartDefinition>, message: string][] = [
  ['two cases of one id', { cases: [gray, gray] }, 'case gray: the id is used twice'],
  [
    'two calls of one id',
    { cases: [{ ...gray, calls: [gray.calls[0], gray.calls[0]] }] },
    'case gray, call mean: the id is used twice',
  ],
  [
    'a module that is not there',
    { cases: [grayWith({ module: 'measures/dark.ts' })] },
    'case gray, call mean: the template has no module measures/dark.ts',
  ],
  [
    'an export that is not there',
    { cases: [grayWith({ export: 'darkness' })] },
    'case gray, call mean: measures/brightness.ts does not export darkness; there are: brightness',
  ],
  [
    'a given export that is not there',
    { cases: [grayWith({ args: [{ given: { module: 'lib/random.ts', export: 'dice', args: [] } }] })] },
    'case gray, call mean: lib/random.ts does not export dice',
  ],
  [
    'an input tensor that is not there',
    { cases: [grayWith({ args: [{ list: [{ tensor: 'picture' }] }] })] },
    'case gray, call mean: the case has no input tensor picture; there are: image',
  ],
  [
    'weights outside the template',
    { cases: [grayWith({ args: [{ weights: '../fixtures/key.safetensors' }] })] },
    'case gray, call mean: the template has no file ../fixtures/key.safetensors',
  ],
  [
    'the result of a later call',
    { cases: [grayWith({ args: [{ result: { call: 'mean' } }] })] },
    'case gray, call mean: no call mean comes before it',
  ],
  [
    'the gradient of an argument that is not there',
    { cases: [grayWith({ gradient: { argument: 1 } })] },
    'case gray, call mean: there is no argument 1',
  ],
];
it.each(ofCase)('%s: refused with the case', (_what, part, message) => {
  expect(refused(smallAssignment(part))).toContainEqual(expect.stringContaining(`${CASES}: ${message}`));
});

const property = { kind: 'property', atol: undefined, rtol: undefined };
const ofCheck: [what: string, check: object, message: string][] = [
  ['a case that is not there', { case: 'grey' }, 'check value: there is no case grey in cases.ts'],
  [
    'a call that is not there',
    { value: { call: 'median' } },
    'check value (case gray): the case gray has no call median; there are: mean',
  ],
  [
    'a gradient that is not asked for',
    { value: { call: 'mean', gradient: true } },
    'check value (case gray): the call mean returns no gradient',
  ],
  [
    'a check that is not there before it',
    { requires: ['sum'] },
    'check value: requires sum, which does not come before it',
  ],
  [
    'an observation that is not made',
    { kind: 'memory', value: undefined, atol: undefined, rtol: undefined, call: 'mean' },
    'check value (case gray): the call mean is not observed',
  ],
  [
    'an input tensor that is not there',
    { ...property, holds: [{ property: 'distance', metric: 'mean', atMost: 1, to: { input: 'picture' } }] },
    'check value (case gray): the case has no input tensor picture; there are: image',
  ],
  [
    'a document that is not there',
    {
      kind: 'quiz',
      case: undefined,
      value: undefined,
      atol: undefined,
      rtol: undefined,
      document: 'quiz.md',
      questions: ['S1'],
      judges: 'form',
    },
    'check value: the part has no document quiz.md',
  ],
  ['a field that is misspelt', { titel: 'brightness' }, 'check value: '],
];
it.each(ofCheck)('%s: refused with the check', (_what, fields, message) => {
  const entries = Object.entries({ ...value, ...fields }).filter(([, field]) => field !== undefined);
  const check = checkWith({});
  for (const name of Object.keys(check)) delete (check as unknown as Record<string, unknown>)[name];
  Object.assign(check, Object.fromEntries(entries));
  expect(refused(smallAssignment({ checks: [check] }))).toContainEqual(
    expect.stringContaining(`${RUBRIC}: ${message}`),
  );
});

it('two checks of one id are refused', () => {
  const [line] = refused({ ...smallAssignment({ checks: [value, checkWith({ points: 0 })] }) });
  expect(line).toMatch(`${RUBRIC}: check value: the id is used twice`);
});

it('two parts of one id are refused', () => {
  const { parts, ...rest } = smallAssignment();
  const other = { ...parts[0], files: {}, cases: [], checks: [], solved: true };
  expect(refused({ ...rest, parts: [...parts, other] })).toEqual([
    'reference/assignment.ts: the part brightness is there twice; give each part an id of its own',
  ]);
});

it('a picture that two checks mean otherwise is refused', () => {
  const picture = (id: string, call: string) => ({
    kind: 'png-match' as const,
    id,
    title: id,
    points: 0,
    case: 'gray',
    image: { call },
    picture: 'shown',
    threshold: 0.1,
    maxDifferentShare: 0.1,
  });
  const cases = [{ ...gray, calls: [...gray.calls, { ...gray.calls[0], id: 'again' }] }];
  const checks = [value, picture('one', 'mean'), picture('two', 'again')];
  expect(refused(smallAssignment({ cases, checks }))).toEqual([
    `${RUBRIC}: check two (case gray): the picture shown is that of another call already; give each picture of a case a name of its own`,
  ]);
});

it('points are refused that are other than the handout or the assignment says', () => {
  expect(refused(smallAssignment({ checks: [checkWith({ points: 2.5 })] }))).toEqual([
    'tests/pipeline/data/brightness/handout.md: says 1 point, and the checks of rubric.ts have 2.5 points; write **2.5 points**',
    'reference/assignment.ts: the assignment says 1 point, and the checks of all parts have 2.5 points; correct points and bonus, or a rubric',
  ]);
  expect(refused(smallAssignment({ checks: [checkWith({ bonus: true })] }))[0]).toMatch(
    'says 1 point, and the checks of rubric.ts have 0 points, 1 bonus point',
  );
  expect(refused(smallAssignment({ handout: 'brightness.ts' }))).toEqual([
    'tests/pipeline/data/brightness/brightness.ts: does not say how many points the part has; write **1 point**',
  ]);
});

it.each([
  [
    'source',
    { files: { 'a.ts': { source: 'dark.ts', role: 'given' } } },
    'the file dark.ts is not in its folder',
  ],
  ['handout', { handout: 'page.md' }, 'the file page.md is not in its folder'],
  ...['../x.ts', '/x.ts', 'a/../../x.ts', './x.ts', 'a\\x.ts', ''].map(
    (path): [string, Partial<PartDefinition>, string] => [
      `path ${path}`,
      { files: { [path]: { source: 'brightness.ts', role: 'given' } } },
      `the path ${path} leaves the template`,
    ],
  ),
] as [string, Partial<PartDefinition>, string][])('a wrong %s is one sentence', (_what, part, message) => {
  const { parts } = smallAssignment(part);
  expect(() => shippedFiles({ root: ROOT, parts })).toThrow(
    new RegExp(
      `^tests/pipeline/data/brightness/part\\.ts:1:1: ${message.replaceAll(/[\\.]/g, '\\$&')}; [^\\n]+$`,
    ),
  );
});
