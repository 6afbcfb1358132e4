import { describe, expect, it } from 'vitest';
import type { LoadedPart } from '../../../grader/assignment/loaded.ts';
import type { Evidence } from '../../../grader/checks/evidence.ts';
import { check as schema, type Check } from '../../../grader/checks/index.ts';
import { toGradescope } from '../../../grader/gradescope/results.ts';
import type { KnownMistakes } from '../../../grader/mistakes/known-mistakes.ts';
import { judgePart } from '../../../grader/pipeline/judging/judge-part.ts';
import type { CheckResult } from '../../../grader/report/grade-report.ts';
import type { TensorData } from '../../../grader/format/tensor-data.ts';
import { gradeOverlay } from '../../corpus/graded.ts';

const tensor = (values: readonly number[]): TensorData => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});

const RIGHT = { open: [1, 2, 4, 8, 16], hidden: [3, 9, 27, 81, 243] };
const WRONG = { open: [1, 3, 4, 9, 16], hidden: [3, 8, 27, 80, 243] };
type Id = keyof typeof RIGHT;

const checkOf = (id: Id): Check =>
  schema.parse({
    kind: 'tensor-close',
    id,
    title: id,
    points: 1,
    case: id,
    value: { call: 'map' },
    atol: 1e-6,
    rtol: 1e-4,
    hint: 'Read the formula again.',
  });

const known = (id: Id, cause: string, right: readonly number[] = RIGHT[id]): KnownMistakes => ({
  format: 1,
  right: { [`${id}/map`]: `float32 [5] ${right.join(' ')}` },
  mistakes: [{ cause, returns: { [`${id}/map`]: `float32 [5] ${WRONG[id].join(' ')}` } }],
});

function part(
  knownMistakes: LoadedPart['knownMistakes'],
  ids: readonly Id[] = ['open', 'hidden'],
): LoadedPart {
  return {
    id: 'maps',
    title: 'Maps',
    group: 'all',
    solutionFiles: [],
    documents: new Map(),
    cases: new Map(),
    checks: ids.map((id) => ({ check: checkOf(id), half: id === 'open' ? 'public' : 'private' })),
    knownMistakes,
  };
}

const evidence = (received: Readonly<Record<Id, readonly number[]>>): Evidence => ({
  outcomes: (id) =>
    new Map([
      [
        'map',
        { kind: 'returned', value: { tensor: 't' }, tensors: { t: tensor(received[id as Id]) }, seconds: 0 },
      ],
    ]),
  inputs: () => ({}),
  calls: (id) => [{ id: 'map', module: 'maps.ts', export: id, args: [] }],
  expected: (id) => new Map([['map', { value: { tensor: 't' }, tensors: { t: tensor(RIGHT[id as Id]) } }]]),
  expectedPicture: () => new Uint8Array(),
  sources: [],
  document: () => ({ submitted: undefined, handedOut: '', expected: undefined }),
  submitted: () => undefined,
});

const OPEN = 'You count something twice.';
const HIDDEN = 'You count something else twice.';
const both = { public: () => known('open', OPEN), private: () => known('hidden', HIDDEN) };

function judged(of: LoadedPart, received: Readonly<Record<Id, readonly number[]>>, troubles: string[] = []) {
  const results = judgePart(of, evidence(received), (where, message) =>
    troubles.push(`${where}: ${message}`),
  );
  return (id: Id): CheckResult => results.find((one) => one.id === id)!;
}

describe('a known mistake', () => {
  it('is told of a public check, in place of the hint', () => {
    const { message, outcome, earned } = judged(part(both), WRONG)('open');
    expect({ outcome, earned }).toEqual({ outcome: 'failed', earned: 0 });
    expect(message).toContain(`Likely cause: ${OPEN}`);
    expect(message.join('\n')).not.toContain('Hint');
  });

  it('is told of a private check to the staff alone', () => {
    const { message, staffOnly } = judged(part(both), WRONG)('hidden');
    expect(message.join('\n')).not.toContain('cause');
    expect(message).toContain('Hint: Read the formula again.');
    expect(staffOnly?.message).toContain(`Likely cause: ${HIDDEN}`);
  });

  it('is told of a public check as it is where there is no private half', () => {
    const whole = judged(part(both), WRONG)('open');
    const atHome = judged(part({ public: both.public }, ['open']), WRONG)('open');
    expect(atHome).toEqual(whole);
  });

  it('is told of no check that passes', () => {
    const of = judged(part(both), { open: RIGHT.open, hidden: WRONG.hidden });
    expect(of('open').message).toEqual(['error 0.000']);
    expect(of('hidden').staffOnly?.message).toContain(`Likely cause: ${HIDDEN}`);
  });

  it('has no values to be known by where a call threw', () => {
    const threw = { kind: 'failed', reason: 'threw', summary: 'map threw an error', details: [] } as const;
    const own = { ...evidence(WRONG), outcomes: () => new Map([['map', threw]]) };
    for (const one of judgePart(part(both), own, () => undefined)) {
      expect(one).toMatchObject({ outcome: 'failed', returnedNothing: true });
    }
    expect(judged(part(both), WRONG)('open').returnedNothing).toBeUndefined();
  });

  it('is not told where something else came back', () => {
    const { message } = judged(part(both), { ...WRONG, open: [2, 3, 4, 9, 17] })('open');
    expect(message).toContain('Hint: Read the formula again.');
  });

  it('is not told where something else was right when it was recorded', () => {
    const stale = { public: () => known('open', OPEN, [1, 2, 4, 8, 15]) };
    expect(judged(part(stale), WRONG)('open').message.join('\n')).not.toContain('cause');
  });

  it('costs no verdict where what is known cannot be read', () => {
    const troubles: string[] = [];
    const broken = {
      public: () => {
        throw new Error('known-mistakes/maps.json: not JSON');
      },
    };
    const { outcome, message } = judged(part(broken), WRONG, troubles)('open');
    expect(outcome).toBe('failed');
    expect(message).toContain('Hint: Read the formula again.');
    expect(troubles).toEqual(['maps: known mistakes: known-mistakes/maps.json: not JSON']);
  });
});

describe('a submission with a typical mistake', { timeout: 120_000 }, () => {
  it('is told its cause by Gradescope of public checks, and the staff of private ones, too', async () => {
    const cause = 'Likely cause: You add up absolute differences; this course squares them.';
    const report = await gradeOverlay({
      parts: ['tv-loss'],
      overlays: ['fixtures/submissions/should-fail/tv-loss/absolute-value'],
    });
    const checks = report.parts.flatMap((one) => one.checks).filter(({ outcome }) => outcome === 'failed');
    const [open, hidden] = (['public', 'private'] as const).map((half) =>
      checks.filter((one) => one.half === half),
    );
    expect(open.length).toBeGreaterThan(2);
    expect(hidden.length).toBeGreaterThan(2);
    for (const { message } of open) expect(message).toContain(cause);
    for (const { staffOnly } of hidden) expect(staffOnly?.message).toContain(cause);
    const { extra_data: extra, ...results } = toGradescope(report);
    expect(results.tests?.filter(({ output }) => output?.includes(cause)).length).toBe(open.length);
    expect(JSON.stringify(extra)).toContain(cause);
  });
});
