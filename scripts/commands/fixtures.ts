import { Command } from 'commander';

export const fixturesCommand = (): Command =>
  new Command('fixtures')
    .description('Run the reference on every case and write the compiled assignment to fixtures/.')
    .option('--check', 'write nothing; fail when fixtures/ is not what the reference gives now')
    .action(async ({ check }: { check?: boolean }) => {
      const { checkFixtures, writeFixtures } = await import('../generated/fixtures.ts');
      await (check ? checkFixtures() : writeFixtures());
    });
