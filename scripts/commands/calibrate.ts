import { Command, Option } from 'commander';

export const calibrateCommand = (): Command =>
  new Command('calibrate')
    .description(
      'Measure what right and wrong solutions use of each tolerance, and write docs/rubric.md; fail where a margin is narrow.',
    )
    .argument('[part...]', 'these parts alone')
    .option('--known', 'run nothing: judge by what was measured before')
    .addOption(
      new Option(
        '--again',
        'run all, also what was known: after a change of the grader or of given code',
      ).conflicts('known'),
    )
    .action(async (parts: string[], { known, again }: { known?: true; again?: true }) => {
      const { calibrate } = await import('../rubric/calibrate.ts');
      await calibrate(parts, { runs: !known, again: again === true });
    });
