import { Command, Option } from 'commander';
import { dirname } from 'node:path';
import { MOMENTS, type SimulateOptions } from '../gradescope/simulate-options.ts';
import { courseOption } from '../options/course.ts';
import { number } from '../options/numbers.ts';
import { existingDirectory, existingFile, writableDirectory } from '../options/paths.ts';

/** The least that Docker and the kernel's control groups take, to more than any course pays for. */
const processors = { min: 0.01, max: 64 };
const memory = { min: 0.01, max: 1024 };
/** Gradescope offers up to 40; less than one is for trying out a time-out. */
const timeout = { min: 0.01, max: 40 };

export const simulateCommand = (): Command =>
  new Command('simulate')
    .description(
      'What Gradescope would do with a submission: the real setup.sh and run_autograder, without Docker.',
    )
    .argument('<submission>', 'a zip as students upload it, or a folder')
    .option('--metadata <file>', 'submission_metadata.json (default: a first upload, in time)', existingFile)
    .option('--cpu <processors>', 'processors of the container', number(processors), 0.5)
    .option('--memory <GiB>', 'memory of the container', number(memory), 0.75)
    .option('--timeout <minutes>', "Gradescope's time limit", number(timeout), 10)
    .addOption(
      new Option('--moment <when>', 'how far the course is').choices(MOMENTS).default('before-due-date'),
    )
    .addOption(courseOption())
    .option('--package <zip>', 'an autograder.zip (default: made now)', existingFile)
    .option(
      '--node <directory>',
      'the Node.js of the image, a folder with bin/node',
      existingDirectory,
      dirname(dirname(process.execPath)),
    )
    .option('--rebuild', 'run setup.sh even if this package has an image')
    .option('--docker', "in Gradescope's own base image")
    .option('--out <directory>', 'where the pages and results.json go', writableDirectory, 'results/simulate')
    .action(async (submission: string, options: SimulateOptions) => {
      const { simulate } = await import('../gradescope/simulate.ts');
      await simulate(submission, options);
    });
