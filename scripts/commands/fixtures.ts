import { Command, Option } from 'commander';

interface Options {
  readonly check?: boolean;
  readonly trivial?: boolean;
  readonly diff?: boolean;
  readonly part: readonly string[];
}

export const fixturesCommand = (): Command =>
  new Command('fixtures')
    .description('Run the reference on every case and write the compiled assignment to fixtures/.')
    .addOption(
      new Option(
        '--check',
        'write nothing; fail when fixtures/ is not what the reference gives now',
      ).conflicts(['diff', 'trivial']),
    )
    .addOption(
      new Option('--diff', 'write nothing there; show what a change of the reference did').conflicts(
        'trivial',
      ),
    )
    .option('--trivial', 'write nothing; print what zeros, ones, inputs and copies earn in each part')
    .option('--part <name...>', 'these parts alone', [])
    .action(async ({ check, trivial, diff, part }: Options) => {
      const { checkFixtures, showChanges, showTrivialAnswers, writeFixtures } =
        await import('../generated/fixtures.ts');
      if (check) await checkFixtures(part);
      else if (diff) await showChanges(part);
      else if (trivial) await showTrivialAnswers(part);
      else await writeFixtures(part);
    });
