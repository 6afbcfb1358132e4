import { Command } from 'commander';
import type { CourseOptions } from '../course/course.ts';
import { licenceText } from '../options/licence.ts';
import { modelName } from '../options/models.ts';

export const courseCommand = (): Command =>
  new Command('course')
    .description(
      "Compile the assignment for an imported network: kit, autograder's package, handout pictures, and a page about it.",
    )
    .requiredOption('--network <name>', 'what npm run model calls it', modelName)
    .option(
      '--robust <name>',
      'a second network, which learnt otherwise, for the parts that compare two',
      modelName,
    )
    .option('--pictures <name>', 'what npm run pictures calls them (default: paintings of this project)')
    .requiredOption('--out <directory>', 'a folder that is not there yet')
    .option('--licence <text>', 'of the weights, for the page and the notice in kit and package', licenceText)
    .action(async (options: CourseOptions) => {
      const { makeCourse } = await import('../course/course.ts');
      await makeCourse(options);
    });
