import { Command } from 'commander';
import { wholeNumber } from '../options/numbers.ts';

const build = (): Command =>
  new Command('build').description('compile the launcher').action(async () => {
    const { buildLauncher } = await import('../../grader/sandbox/native-launcher.ts');
    console.log(buildLauncher());
  });

const probe = (): Command =>
  new Command('probe')
    .description('try to get out, under every way of isolating that this host has, and print what held')
    .option('--json', 'print the reports as JSON')
    .action(async (options: { json?: boolean }) => {
      const { probe } = await import('../sandbox/probe.ts');
      console.log(await probe(options));
    });

const cost = (): Command =>
  new Command('cost')
    .description('what the isolation adds to the start and the end of a child')
    .option('--rounds <n>', 'children of each kind', wholeNumber({ min: 1, max: 10_000 }), 40)
    .action(async ({ rounds }: { rounds: number }) => {
      const { measureCost } = await import('../sandbox/cost.ts');
      console.log(await measureCost(rounds));
    });

const soak = (): Command =>
  new Command('soak')
    .description('grade many submissions in a row, a quarter of them hostile, and look at what is left')
    // The memory of the second quarter is compared with that of the last.
    .option('--gradings <n>', 'how many', wholeNumber({ min: 4, max: 100_000 }), 200)
    .action(async ({ gradings }: { gradings: number }) => {
      const { soak } = await import('../sandbox/soak.ts');
      await soak(gradings);
    });

export const sandboxCommand = (): Command =>
  new Command('sandbox')
    .description('What keeps submitted code in, on this host.')
    .addCommand(build())
    .addCommand(probe())
    .addCommand(cost())
    .addCommand(soak());
