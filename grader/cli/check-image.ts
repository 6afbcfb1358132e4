import { join, resolve } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { checkImage } from '../gradescope/check-image.ts';
import { readSettings } from '../gradescope/settings.ts';

/** What `setup.sh` of the Gradescope package ends with. Argument: the unpacked package. Exit code 3: do not use it. */
const [source = '/autograder/source'] = process.argv.slice(2).map((path) => resolve(path));
try {
  await checkImage({
    settings: readSettings(join(source, 'settings.json')),
    assignment: ['public', 'private'].map((half) => join(source, 'assignment', half)),
    template: join(source, 'template'),
    dependencies: source,
    log: (line) => console.log(line),
  });
} catch (error) {
  console.error(error instanceof GraderError ? error.message : error);
  process.exitCode = 3;
}
