import { Command } from 'commander';

export const mutateCommand = (): Command =>
  new Command('mutate')
    .description(
      'Grade the reference with one small mistake at a time, and say which mistakes no check finds.',
    )
    .argument('[part...]', 'these parts alone')
    .option('--known', 'run nothing: tell of those that were graded before')
    .action(async (parts: string[], { known }: { known?: true }) => {
      const { mutate } = await import('../rubric/mutate.ts');
      await mutate(parts, { runs: !known });
    });
