import { Command } from 'commander';

export const calibrateCommand = (): Command =>
  new Command('calibrate')
    .description(
      'Measure what right and wrong solutions use of each tolerance, and write docs/rubric.md; fail where a margin is narrow.',
    )
    .argument('[part...]', 'these parts alone')
    .option('--known', 'run nothing: judge by what was measured before')
    .action(async (parts: string[], { known }: { known?: true }) => {
      const { calibrate } = await import('../rubric/calibrate.ts');
      await calibrate(parts, { runs: !known });
    });
