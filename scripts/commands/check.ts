import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { ROOT } from '../../repository.ts';

/** One invariant of the repository: what is run, and the command that mends a failure. */
interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly mend: string;
}

const steps: readonly Step[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'], mend: 'npm run format' },
  { name: 'lint', command: ['oxlint', '--quiet'], mend: 'npx oxlint --fix' },
  { name: 'types', command: ['tsc', '--noEmit'], mend: 'correct the places above' },
  { name: 'dead code', command: ['knip', '--no-progress'], mend: 'remove what nothing uses' },
  { name: 'template', command: ['tsx', 'scripts/commands/template.ts', '--check'], mend: 'npm run template' },
  { name: 'fixtures', command: ['tsx', 'scripts/commands/fixtures.ts', '--check'], mend: 'npm run fixtures' },
  { name: 'tests', command: ['vitest', 'run'], mend: 'npm test' },
  {
    name: 'corpus',
    command: ['vitest', 'run', '--config', 'tests/corpus/vitest.config.ts'],
    mend: 'npm run test:corpus',
  },
];

const names = steps.map((step) => step.name);
const program = new Command('check')
  .description(`What must be true of every commit: ${names.join(', ')}.`)
  .option('--skip <name...>', 'leave these out', [])
  .parse();
const { skip } = program.opts<{ skip: string[] }>();
const unknown = skip.find((name) => !names.includes(name));
if (unknown) program.error(`there is no step ${unknown}; the steps are ${names.join(', ')}`, { exitCode: 2 });

const failed: Step[] = [];
for (const step of steps.filter(({ name }) => !skip.includes(name))) {
  const begin = performance.now();
  const [command, ...args] = step.command;
  const run = spawnSync('npx', ['--no-install', command, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const passed = run.status === 0;
  if (!passed) {
    failed.push(step);
    process.stdout.write(run.stdout + run.stderr);
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${passed ? '✓' : '✗'} ${step.name} (${seconds} s)${passed ? '' : `: ${step.mend}`}`);
}
if (failed.length > 0) {
  console.log(
    `\n${failed.length} of ${steps.length - skip.length} failed: ${failed.map(({ name }) => name).join(', ')}`,
  );
  process.exitCode = 1;
}
