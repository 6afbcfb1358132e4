import { Command, Option } from 'commander';
import { QUEUE_VARIABLE } from '../../batch/queue/address.ts';
import { GRADE_LIMITS } from '../../grader/pipeline/grade-limits.ts';
import { backendNames } from '../../grader/tensorflow/backend-report.ts';
import type { BatchCommandOptions } from '../class/batch.ts';
import { number, wholeNumber } from '../options/numbers.ts';
import { assignmentOption, courseOption, templateOption } from '../options/course.ts';
import { gpuOption, perGpuOption } from '../options/devices.ts';
import { existingDirectory, writableDirectory } from '../options/paths.ts';

const diffCommand = (): Command =>
  new Command('diff')
    .description('Say who gains and who loses from one batch to another, by which check and why.')
    .argument('<old>', 'what --out named then', existingDirectory)
    .argument('<new>', 'what --out named now', existingDirectory)
    .option(
      '--csv',
      'print a table of all changes on standard output: npm run batch --silent -- diff … --csv > changes.csv',
    )
    .option('--fail-on-loss', 'exit with 1 when somebody loses points')
    .action(async (older: string, newer: string, options: { csv?: boolean; failOnLoss?: boolean }) => {
      const { printComparison } = await import('../class/diff.ts');
      printComparison(older, newer, options);
    });

export const batchCommand = (): Command =>
  new Command('batch')
    .description(
      'Grade a class: what Gradescope exports, or a folder of zips or folders. Goes on where it stopped.',
    )
    .argument('<source>', 'folder that holds the submissions', existingDirectory)
    .option('--out <directory>', 'where results, grades and class.html go', writableDirectory)
    .option(
      '--jobs <n>',
      'submissions graded at the same time (default: one a core)',
      wholeNumber({ min: 1, max: 256 }),
    )
    .addOption(gpuOption())
    .addOption(perGpuOption())
    .addOption(
      new Option(
        '--queue <address>',
        'have workers grade that take submissions from this Redis: redis://host:6379',
      ).env(QUEUE_VARIABLE),
    )
    .option(
      '--shared',
      'source and results lie at the same paths on all machines: nothing goes through Redis',
    )
    .option('--only <glob>', 'grade the submissions whose name matches')
    .option('--part <id...>', 'grade these parts only')
    .addOption(
      new Option('--backend <name>', 'what computes').choices(['auto', ...backendNames]).default('wasm'),
    )
    .addOption(
      new Option('--isolation <mode>', 'how submitted code is kept in')
        .choices(['auto', 'strict'])
        .default('auto'),
    )
    .option(
      '--time-factor <x>',
      'stretch every time limit (default: 1, for a graphics driver in software 20)',
      number(GRADE_LIMITS.timeFactor),
    )
    .option('--deadline <seconds>', 'for one submission', wholeNumber({ min: 10, max: 86_400 }), 1200)
    .addOption(courseOption().conflicts(['assignment', 'template']))
    .addOption(assignmentOption())
    .addOption(templateOption())
    .option(
      '--repeat <n>',
      'grade each so often, and mark the checks that do not end the same way',
      wholeNumber({ min: 1, max: 100 }),
      1,
    )
    .option('--similar', 'also say which submissions are alike, and where')
    .option('--again', 'grade even what has a result that stands')
    .option('--quiet', 'no progress')
    .option('--json', 'print the summary as JSON')
    .action(async (source: string, options: BatchCommandOptions) => {
      const { gradeBatch } = await import('../class/batch.ts');
      await gradeBatch(source, options);
    })
    .addCommand(diffCommand());
