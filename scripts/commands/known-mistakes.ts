import { Command } from 'commander';

export const knownMistakesCommand = (): Command =>
  new Command('known-mistakes')
    .description(
      'Record what typical mistakes return, by which the grader knows them again; measure how well it does.',
    )
    .argument('[part...]', 'these parts alone')
    .option('--known', 'run nothing: write what was recorded before')
    .action(async (parts: string[], { known }: { known?: true }) => {
      const { recordKnownMistakes } = await import('../rubric/known-mistakes.ts');
      await recordKnownMistakes(parts, { runs: !known });
    });
