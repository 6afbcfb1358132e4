import { Command } from 'commander';
import { wholeNumber } from '../options/numbers.ts';
import { writableDirectory } from '../options/paths.ts';

export const classCommand = (): Command =>
  new Command('class')
    .description('Invent a class of submissions, in the layout of a Gradescope export, to try a batch with.')
    .option('--out <directory>', 'an empty or new folder', writableDirectory, 'class')
    .option('--size <n>', 'submissions', wholeNumber({ min: 1, max: 100_000 }), 30)
    .option(
      '--seed <n>',
      'the same class for the same number',
      wholeNumber({ min: 0, max: 4_294_967_295 }),
      1,
    )
    .action(async (options: { out: string; size: number; seed: number }) => {
      const { makeClass } = await import('../class/make-class.ts');
      await makeClass(options);
    });
