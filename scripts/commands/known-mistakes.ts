import { Command, Option } from 'commander';

export const knownMistakesCommand = (): Command =>
  new Command('known-mistakes')
    .description(
      'Record what typical mistakes return, by which the grader knows them again; measure how well it does.',
    )
    .argument('[part...]', 'these parts alone')
    .option('--known', 'run nothing: write what was recorded before')
    .addOption(
      new Option(
        '--again',
        'run all, also what was recorded: after a change of the grader or of given code',
      ).conflicts('known'),
    )
    .action(async (parts: string[], { known, again }: { known?: true; again?: true }) => {
      const { recordKnownMistakes } = await import('../rubric/known-mistakes.ts');
      await recordKnownMistakes(parts, { runs: !known, again: again === true });
    });
