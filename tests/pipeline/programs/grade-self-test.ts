import { pbkdf2Sync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grade } from '../../../grader/pipeline/grade.ts';
import { toGradescope } from '../../../grader/gradescope/results.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { writeAtomically } from '../../../grader/format/write-atomically.ts';
import { openSandbox } from '../../../grader/sandbox/launch.ts';
import type { Means } from '../../../grader/sandbox/layers.ts';
import { writeSelfTest } from '../../../grader/self-test/write-self-test.ts';
import { ROOT } from '../../../repository.ts';

/** How a grader may come to hang in its own thread. */
const HANGS: Readonly<Record<string, () => void>> = {
  'in a loop': () => {
    for (;;);
  },
  'in a regular expression': () => void /^(?:a|a)*$/.test(`${'a'.repeat(100)}b`),
  'outside of JavaScript': () => void pbkdf2Sync('password', 'salt', 2 ** 31 - 1, 64, 'sha512'),
};

/**
 * A grader for tests to interrupt. Arguments: a directory of its own, for the self-test's assignment and results.json;
 * the submission; means of isolation that it does without, separated by commas; how long endless loops may last; the
 * deadline in seconds; how it hangs once a part is graded.
 */
const [directory, submission, without, timeFactor, deadline, hang] = process.argv.slice(2);
const places = writeSelfTest(directory);
const results = join(directory, 'results.json');
const textOf = (report: GradeReport): string => JSON.stringify(toGradescope(report));
const sandbox = openSandbox({ without: without.split(',') as Means[] });
await grade({
  submission: places[submission as 'right' | 'wrong'],
  template: places.template,
  assignment: places.assignment,
  dependencies: ROOT,
  timeFactor: Number(timeFactor),
  types: false,
  jobs: 1,
  sandbox,
  ...(deadline ? { deadlineSeconds: Number(deadline) } : {}),
  savedAs: (report) => [{ path: results, text: textOf(report) }],
  onUpdate: (report) => {
    if (hang && report.parts.some(({ state }) => state === 'graded')) HANGS[hang]();
    writeAtomically(results, textOf(report));
  },
});
await sandbox.close();
writeFileSync(join(directory, 'done'), '');
