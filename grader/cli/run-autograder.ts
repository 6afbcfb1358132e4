import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { runAutograder } from '../gradescope/run.ts';
import { deadlineSeconds, readSettings } from '../gradescope/settings.ts';
import { runToExitCode } from './exit-code.ts';

/**
 * What `run_autograder` of the Gradescope package starts. Arguments: Gradescope's root (`/autograder`) and the
 * unpacked package. Exit code 0: graded, whatever the score; 3: our fault, and results.json says so.
 */
const [root = '/autograder', source = join(root, 'source')] = process.argv
  .slice(2)
  .map((path) => resolve(path));

async function run(): Promise<void> {
  const packing = join(source, 'package-digest.json');
  const settings = readSettings(join(source, 'settings.json'));
  const packed = existsSync(packing)
    ? (JSON.parse(readFileSync(packing, 'utf8')) as Readonly<Record<string, unknown>>)
    : {};
  const { kit_version: kit } = packed;
  const end = await runAutograder({
    root,
    settings,
    deadlineSeconds: deadlineSeconds(settings),
    assignment: ['public', 'private'].map((half) => join(source, 'assignment', half)),
    template: join(source, 'template'),
    dependencies: source,
    ...(typeof kit === 'string' ? { kit } : {}),
    extra: packed,
    log: (line) => console.log(line),
  });
  console.log(end);
  if (end === 'errored') {
    throw new GraderError(
      'not all could be judged, through no fault of the submission; the reason is told above',
    );
  }
  if (end === 'failed') throw new GraderError('the grading did not come to its end; results.json says so');
}

const exitCode = await runToExitCode(run, { name: () => 'run-autograder' });
// What a deadline left running is ended by the handlers of this event.
process.exit(exitCode);
