import { Command, Option } from 'commander';

export const mutateCommand = (): Command =>
  new Command('mutate')
    .description(
      'Grade the reference with one small mistake at a time, and say which mistakes no check finds.',
    )
    .argument('[part...]', 'these parts alone')
    .option('--known', 'run nothing: tell of those that were graded before')
    .addOption(
      new Option(
        '--again',
        'run all, also what was known: after a change of the grader or of given code',
      ).conflicts('known'),
    )
    .action(async (parts: string[], { known, again }: { known?: true; again?: true }) => {
      const { mutate } = await import('../rubric/mutate.ts');
      await mutate(parts, { runs: !known, again: again === true });
    });
