import { Command, InvalidArgumentError } from 'commander';
import { buildLauncher } from '../../grader/sandbox/native-launcher.ts';
import { measureCost } from '../sandbox/cost.ts';
import { probe } from '../sandbox/probe.ts';
import { soak } from '../sandbox/soak.ts';

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
}

const program = new Command('sandbox').description('What keeps submitted code in, on this host.');

program
  .command('build')
  .description('compile the launcher')
  .action(() => console.log(buildLauncher()));

program
  .command('probe')
  .description('try to get out, under every way of isolating that this host has, and print what held')
  .option('--json', 'print the reports as JSON')
  .action(async ({ json = false }: { json?: boolean }) => console.log(await probe({ json })));

program
  .command('cost')
  .description('what the isolation adds to the start and the end of a child')
  .option('--rounds <n>', 'children of each kind', count, 40)
  .action(async ({ rounds }: { rounds: number }) => console.log(await measureCost(rounds)));

program
  .command('soak')
  .description('grade many submissions in a row, a quarter of them hostile, and look at what is left')
  .option('--gradings <n>', 'how many', count, 200)
  .action(async ({ gradings }: { gradings: number }) => {
    const { text, clean } = await soak(gradings, (line) => console.error(line));
    console.log(text);
    process.exitCode = clean ? 0 : 1;
  });

await program.parseAsync();
