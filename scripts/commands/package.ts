import { Command, Option } from 'commander';
import { dirname } from 'node:path';
import { SETTING_LIMITS } from '../../grader/gradescope/setting-limits.ts';
import type { PackageOptions } from '../gradescope/package.ts';
import { courseOption } from '../options/course.ts';
import { number, wholeNumber } from '../options/numbers.ts';
import { existingDirectory, writableFile } from '../options/paths.ts';

const { timeoutMinutes, timeFactor, jobs } = SETTING_LIMITS;

export const packageCommand = (): Command =>
  new Command('package')
    .description(
      'Make dist/autograder.zip for Gradescope, and grade with it in an emulation of the smallest container.',
    )
    .option('--out <file>', 'where it goes', writableFile, 'dist/autograder.zip')
    .option(
      '--timeout <minutes>',
      "the time limit set in the assignment's Gradescope settings",
      number(timeoutMinutes),
      10,
    )
    .option(
      '--time-factor <x>',
      'stretch the time limits of calls; 4 suits half a processor',
      number(timeFactor),
      4,
    )
    .option(
      '--jobs <n>',
      'parts graded at the same time; 1 suits less than two processors',
      wholeNumber(jobs),
      1,
    )
    .addOption(
      new Option('--isolation <how>', 'what a container must offer')
        .choices(['strict', 'auto'])
        .default('strict'),
    )
    .option(
      '--node <directory>',
      'the Node.js of the emulation',
      existingDirectory,
      dirname(dirname(process.execPath)),
    )
    .addOption(courseOption())
    .option('--no-verify', 'do not grade with it')
    .action(async (options: PackageOptions) => {
      const { packageAndVerify } = await import('../gradescope/package.ts');
      await packageAndVerify(options);
    });
