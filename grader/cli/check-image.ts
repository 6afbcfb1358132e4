import { join, resolve } from 'node:path';
import { checkImage } from '../gradescope/check-image.ts';
import { readSettings } from '../gradescope/settings.ts';
import { runToExitCode } from './exit-code.ts';

/** What `setup.sh` of the Gradescope package ends with. Argument: the unpacked package. Exit code 0: it may grade. */
const [source = '/autograder/source'] = process.argv.slice(2).map((path) => resolve(path));
process.exitCode = await runToExitCode(
  () =>
    checkImage({
      settings: readSettings(join(source, 'settings.json')),
      assignment: ['public', 'private'].map((half) => join(source, 'assignment', half)),
      template: join(source, 'template'),
      dependencies: source,
      log: (line) => console.log(line),
    }),
  { name: () => 'check-image' },
);
