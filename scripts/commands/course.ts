import { Command } from 'commander';
import type { CourseOptions } from '../course/course.ts';
import { licenceText } from '../options/licence.ts';
import { modelName } from '../options/models.ts';
import { writableDirectory } from '../options/paths.ts';
import { privateSeed } from '../options/private-seed.ts';

export const courseCommand = (): Command =>
  new Command('course')
    .description(
      'Compile the assignment for an imported network, with private inputs that nobody else can draw, or both: kit, ' +
        "autograder's package, handout pictures, and a page about it.",
    )
    .option('--network <name>', 'what npm run model calls it (default: the embedded networks)', modelName)
    .option(
      '--robust <name>',
      'a second network, which learnt otherwise, for the parts that compare two',
      modelName,
    )
    .option('--pictures <name>', 'what npm run pictures calls them (default: paintings of this project)')
    .option(
      '--private-seed <text>',
      'draw the inputs of private cases by this text, a secret of at least 16 characters, or by one that is drawn: random',
      privateSeed,
    )
    .requiredOption('--out <directory>', 'a folder that is not there yet', writableDirectory)
    .option('--licence <text>', 'of the weights, for the page and the notice in kit and package', licenceText)
    .action(async (options: CourseOptions) => {
      const { makeCourse } = await import('../course/course.ts');
      await makeCourse(options);
    });
