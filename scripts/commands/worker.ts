import { Command, Option } from 'commander';
import { QUEUE_VARIABLE } from '../../batch/queue/address.ts';
import type { WorkerCommandOptions } from '../class/worker.ts';
import { wholeNumber } from '../options/numbers.ts';
import { assignmentOption, courseOption, templateOption } from '../options/course.ts';
import { gpuOption, perGpuOption } from '../options/devices.ts';
import { existingDirectory } from '../options/paths.ts';

export const workerCommand = (): Command =>
  new Command('worker')
    .description('Grade what npm run batch -- --queue puts into a queue, until asked to end.')
    .addOption(new Option('--queue <address>', 'a Redis: redis://host:6379').env(QUEUE_VARIABLE))
    .option(
      '--jobs <n>',
      'submissions graded at the same time (default: one a core)',
      wholeNumber({ min: 1, max: 256 }),
    )
    .addOption(gpuOption())
    .addOption(perGpuOption())
    .addOption(courseOption().conflicts(['assignment', 'template']))
    .addOption(assignmentOption())
    .addOption(templateOption())
    .option(
      '--shared <directory>',
      'grade also for batch --shared: what lies in this folder, at the same path as there',
      existingDirectory,
    )
    .option('--quiet', 'no line for each submission that was graded or refused')
    .action(async (options: WorkerCommandOptions) => {
      const { serve } = await import('../class/worker.ts');
      await serve(options);
    });
