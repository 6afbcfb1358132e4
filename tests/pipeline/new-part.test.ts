import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { grade } from '../../grader/pipeline/grade.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import type { AssignmentDefinition } from '../../grader/assignment/define.ts';
import { compileAssignment } from '../../authoring/fixtures/compile.ts';
import { recordAndJudge } from '../../authoring/fixtures/record-and-judge.ts';
import { checkDefinition } from '../../authoring/invariants/definition.ts';
import { ROOT } from '../../repository.ts';
import { generateTemplate } from '../../authoring/template/generate.ts';
import { writeGenerated } from '../../authoring/template/generated-folder.ts';
import { shippedFiles } from '../../authoring/template/layout.ts';
import { materializeSubmission } from '../../authoring/template/materialize-submission.ts';
import { brightnessPart } from './data/brightness/part.ts';

/** An assignment is its list of parts: the one line that a new part adds. */
const assignment: AssignmentDefinition = {
  id: 'trial',
  title: 'Trial',
  seed: 'trial',
  points: 1,
  policy: {},
  alsoAllowed: [],
  parts: [brightnessPart].map((part) => part('trial')),
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'introspection-new-part-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('a new part is one folder and one line: template, fixtures and grading follow', async () => {
  const template = join(root, 'template');
  const fixtures = join(root, 'fixtures');
  const solution = join(root, 'solution');
  writeGenerated(template, generateTemplate({ root: ROOT, assignment }));
  const pages = checkDefinition(assignment);
  const onCase = (): void => undefined;
  const judged = await recordAndJudge(assignment, { pages, parts: assignment.parts, twice: false, onCase });
  expect(judged.refusals).toEqual([]);
  writeGenerated(fixtures, compileAssignment(assignment, judged.recording));
  writeGenerated(
    solution,
    materializeSubmission({ files: shippedFiles({ root: ROOT, parts: assignment.parts }) }),
  );
  const gradeFolder = (submission: string): Promise<GradeReport> =>
    grade({
      submission,
      template,
      assignment: [join(fixtures, 'public'), join(fixtures, 'private')],
      dependencies: ROOT,
      types: false,
    });

  const right = await gradeFolder(solution);
  expect([right.score, right.points]).toEqual([1, 1]);
  const untouched = await gradeFolder(template);
  expect(untouched.parts[0].checks.map((check) => check.outcome)).toEqual(['not-attempted']);
});
