import { execa, ExecaError } from 'execa';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installedBackends, optionalBackendNames } from '../../grader/tensorflow/index.ts';
import { median, nameOf } from '../bench/configuration.ts';
import type { BenchRow, Configuration, ExampleTimes, Sample } from '../bench/configuration.ts';
import { spawnToReady } from '../bench/spawn-to-ready.ts';
import { FIXTURES, ROOT } from '../../repository.ts';

// Times what the course spends its time on and prints a table; all figures of one table are from one run, the
// configurations taking turns, so that the ratios hold on a machine that is not quiet.
const usage = `npm run bench -- [--torch] [--only TEXT] [--rounds N] [--runs N] [--out FILE]

--torch        also PyTorch on the same shapes (Debian: apt-get install python3-torch)
--only TEXT    only the workloads whose name contains TEXT, without start-up and grading
--rounds N     how often each configuration has its turn (default 3)
--runs N       timed runs per turn (default 7)
--out FILE     where the rows go as JSON (default bench.json)
`;
const { values } = parseArgs({
  options: {
    torch: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    runs: { type: 'string', default: '7' },
    out: { type: 'string', default: 'bench.json' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const rounds = Number(values.rounds);
const runs = Number(values.runs);
if (!(rounds >= 1 && runs >= 1)) {
  process.stderr.write(usage);
  process.exit(2);
}

const note = (text: string): void => void process.stderr.write(`${text}\n`);

interface Collected {
  readonly configuration: string;
  readonly workload: string;
  readonly times: number[];
}
const collected = new Map<string, Collected>();
function collect(configuration: string, samples: readonly Sample[]): void {
  for (const { name, times } of samples) {
    const key = `${configuration}\n${name}`;
    const entry = collected.get(key) ?? { configuration, workload: name, times: [] };
    entry.times.push(...times);
    collected.set(key, entry);
  }
}

async function measure(configuration: Configuration): Promise<number> {
  const script = join(ROOT, 'scripts', 'bench', 'measure.ts');
  const { backend, threads } = configuration;
  const { stdout } = await execa(
    process.execPath,
    ['--import', 'tsx', script, backend, String(threads), String(runs), values.only ?? ''],
    { cwd: ROOT },
  );
  // Some backends greet on standard output.
  const { samples, peakMiB } = JSON.parse(stdout.slice(stdout.lastIndexOf('{"samples"'))) as {
    samples: Sample[];
    peakMiB: number;
  };
  collect(nameOf(configuration), samples);
  return peakMiB;
}

async function gradeExample(): Promise<ExampleTimes> {
  const script = join(ROOT, 'scripts', 'bench', 'grade-example.ts');
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', script], { cwd: ROOT });
  return JSON.parse(stdout) as ExampleTimes;
}

async function measureTorch(threads: number): Promise<string> {
  const script = join(ROOT, 'scripts', 'bench', 'squeezenet.py');
  const { stdout } = await execa('/usr/bin/python3', [script, String(threads), String(runs)]);
  const { samples, version } = JSON.parse(stdout) as { samples: Sample[]; version: string };
  collect(nameOf({ backend: 'torch' as never, threads }), samples);
  return version;
}

function isOptional({ backend }: Configuration): boolean {
  return optionalBackendNames.some((name) => name === backend);
}

/** The message of the error that a process ended with. */
function reasonIn(stderr: unknown): string {
  return /^\w*Error: (.*)$/m.exec(String(stderr))?.[1] ?? 'for no reason given';
}

const several = Math.min(2, availableParallelism());
const configurations: Configuration[] = [
  { backend: 'stock', threads: 1 },
  { backend: 'wasm', threads: 1 },
  ...(several > 1 ? [{ backend: 'wasm' as const, threads: several }] : []),
  ...installedBackends().map((backend) => ({ backend, threads: 1 })),
];
const peaks = new Map<string, number>();
const unusable = new Set<string>();
for (let round = 1; round <= rounds; round++) {
  for (const configuration of configurations.filter((one) => !unusable.has(nameOf(one)))) {
    const name = nameOf(configuration);
    note(`round ${round} of ${rounds}: ${name}`);
    try {
      peaks.set(name, await measure(configuration));
    } catch (error) {
      if (!isOptional(configuration) || !(error instanceof ExecaError)) throw error;
      note(`${name} is installed, but does not run here: ${reasonIn(error.stderr)}`);
      unusable.add(name);
    }
  }
  if (values.torch) {
    for (const threads of [1, ...(several > 1 ? [several] : [])]) {
      note(`round ${round} of ${rounds}: torch x${threads} (${await measureTorch(threads)})`);
    }
  }
}
note('the plain backend, once');
peaks.set('cpu', await measure({ backend: 'cpu', threads: 1 }));

if (values.only === undefined) {
  note('start-up');
  const { ready, bareNode } = await spawnToReady(runs * rounds);
  collect('wasm', [{ name: 'child: spawn to ready', times: ready }]);
  collect('node', [{ name: 'child: spawn to ready', times: bareNode }]);
  if (existsSync(join(FIXTURES, 'private')) && existsSync(join(FIXTURES, 'submissions', 'example'))) {
    note('grading the example');
    const grades: ExampleTimes[] = [];
    // At least one run, more of them while they are short.
    const enough = performance.now() + 60_000;
    while (grades.length < 3 && (grades.length === 0 || performance.now() < enough)) {
      grades.push(await gradeExample());
    }
    collect('wasm', [
      { name: 'grade of the example', times: grades.map(({ total }) => total) },
      {
        name: 'grade of the example, no child at work',
        times: grades.map(({ outside }) => outside),
      },
    ]);
    peaks.set('grading child', Math.max(...grades.map(({ childPeakMiB }) => childPeakMiB)));
  }
}

const stockMedians = new Map(
  [...collected.values()]
    .filter(({ configuration }) => configuration === 'stock')
    .map(({ workload, times }) => [workload, median(times)]),
);
const rows: BenchRow[] = [...collected.values()]
  .toSorted((a, b) => (a.workload < b.workload ? -1 : a.workload > b.workload ? 1 : 0))
  .map(({ workload, configuration, times }) => {
    const stock = stockMedians.get(workload);
    return {
      name: workload,
      backend: configuration,
      medianMs: median(times),
      minMs: Math.min(...times),
      runs: times.length,
      ...(stock !== undefined && configuration !== 'stock' ? { ratioToStock: stock / median(times) } : {}),
    };
  });

const columns = (cells: readonly string[]): string =>
  `${cells[0].padEnd(50)} ${cells[1].padEnd(9)} ${cells
    .slice(2)
    .map((cell) => cell.padStart(9))
    .join(' ')}`;
process.stdout.write(
  `${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.versions.node}\n\n`,
);
process.stdout.write(`${columns(['workload', 'backend', 'median ms', 'min ms', 'runs', 'x stock'])}\n`);
for (const row of rows) {
  process.stdout.write(
    `${columns([row.name, row.backend, row.medianMs.toFixed(1), row.minMs.toFixed(1), String(row.runs), row.ratioToStock?.toFixed(2) ?? ''])}\n`,
  );
}
process.stdout.write('\npeak resident memory of a process, MiB: ');
process.stdout.write(`${[...peaks].map(([name, peak]) => `${name} ${peak.toFixed(0)}`).join(', ')}\n`);
writeFileSync(values.out, `${JSON.stringify(rows, undefined, 2)}\n`);
