import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grade } from '../../../grader/pipeline/grade.ts';
import { toGradescope } from '../../../grader/gradescope/results.ts';
import { writeAtomically } from '../../../grader/format/write-atomically.ts';
import { openSandbox } from '../../../grader/sandbox/launch.ts';
import type { Means } from '../../../grader/sandbox/layers.ts';
import { writeSelfTest } from '../../../grader/self-test/write-self-test.ts';
import { ROOT } from '../../../repository.ts';

/**
 * A grader for tests to interrupt. Arguments: a directory of its own, for the self-test's assignment and results.json;
 * the submission; means of isolation that it does without, separated by commas; how long endless loops may last.
 */
const [directory, submission, without, timeFactor] = process.argv.slice(2);
const places = writeSelfTest(directory);
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
  onUpdate: (report) =>
    writeAtomically(join(directory, 'results.json'), JSON.stringify(toGradescope(report))),
});
await sandbox.close();
writeFileSync(join(directory, 'done'), '');
