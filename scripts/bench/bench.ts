import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  installedBackends,
  optionalBackendNames,
} from '../../grader/tensorflow/optional/backends-directory.ts';
import { startProgress, type Progress } from '../terminal/progress.ts';
import { CollectedTimes } from './collected-times.ts';
import { nameOf, STOCK, type Configuration } from './configuration.ts';
import { timeGrading } from './grading.ts';
import { timeKit } from './kit.ts';
import { measure, measureLimit, measureTorch, UnusableBackend } from './processes.ts';
import { describeResults } from './results.ts';
import { spawnToReady } from './spawn-to-ready.ts';

export interface BenchOptions {
  /** The interpreter that has PyTorch, or true for Debian's. */
  readonly torch?: string | true;
  readonly only?: string;
  readonly rounds: number;
  readonly runs: number;
  readonly out: string;
}

/** A run of the benchmark: what it was told, and what it has found so far. */
interface Run {
  readonly options: BenchOptions;
  readonly times: CollectedTimes;
  /** Largest resident memory of a process by configuration, MiB. */
  readonly peaks: Map<string, number>;
  readonly progress: Progress;
}

const severalThreads = Math.min(2, availableParallelism());
const threadCounts = severalThreads > 1 ? [1, severalThreads] : [1];

function configurations(): Configuration[] {
  return [
    { backend: STOCK, threads: 1 },
    ...threadCounts.map((threads) => ({ backend: 'wasm' as const, threads })),
    ...installedBackends().map((backend) => ({ backend, threads: 1 })),
  ];
}

/** Gives a configuration its turn. @returns whether it runs here */
async function takeTurn({ options, times, peaks, progress }: Run, one: Configuration): Promise<boolean> {
  const name = nameOf(one);
  try {
    const { samples, peakMiB } = await measure(one, options);
    times.add(one, samples);
    peaks.set(name, peakMiB);
    return true;
  } catch (error) {
    const isOptional = optionalBackendNames.some((optional) => optional === one.backend);
    if (!isOptional || !(error instanceof UnusableBackend)) throw error;
    progress.note(`${name} is installed, but does not run here: ${error.message}`);
    return false;
  }
}

/** The configurations take turns, so that the ratios hold on a machine that is not quiet. */
async function timeWorkloads(run: Run): Promise<void> {
  const { options, times, progress } = run;
  let usable = configurations();
  for (let round = 1; round <= options.rounds; round++) {
    const ran: Configuration[] = [];
    for (const one of usable) {
      progress.at(round - 1, nameOf(one));
      if (await takeTurn(run, one)) ran.push(one);
    }
    usable = ran;
    times.add({ backend: 'simd limit', threads: 1 }, await measureLimit(options));
    if (options.torch !== undefined) await timeTorch(run, options.torch, round);
    progress.at(round);
  }
  progress.at(options.rounds, 'the plain backend, once');
  await takeTurn(run, { backend: 'cpu', threads: 1 });
}

async function timeTorch(
  { options, times, progress }: Run,
  python: string | true,
  round: number,
): Promise<void> {
  for (const threads of threadCounts) {
    const { samples, version } = await measureTorch(threads, { runs: options.runs, python });
    progress.at(round - 1, `PyTorch ${version} x${threads}`);
    times.add({ backend: 'torch', threads }, samples);
  }
}

async function timeStart({ options, times, progress }: Run): Promise<void> {
  progress.at(options.rounds, 'start-up');
  const { ready, bareNode } = await spawnToReady(options.runs * options.rounds);
  const name = 'child: spawn to ready';
  times.add({ backend: 'wasm', threads: 1 }, [{ name, times: ready }]);
  times.add({ backend: 'node', threads: 1 }, [{ name, times: bareNode }]);
}

/** Times what the course spends its time on, prints a table and writes its rows as JSON; all are of one run. */
export async function bench(options: BenchOptions): Promise<void> {
  const progress = startProgress({ title: 'rounds', total: options.rounds });
  const run: Run = { options, times: new CollectedTimes(), peaks: new Map(), progress };
  try {
    await timeWorkloads(run);
    if (options.only === undefined) {
      await timeStart(run);
      progress.at(options.rounds, 'grading the example');
      await timeGrading(run);
      progress.at(options.rounds, 'checks in the kit');
      await timeKit(run);
    }
  } finally {
    progress.end();
  }
  const rows = run.times.rows();
  console.log(describeResults(rows, run.peaks));
  writeFileSync(options.out, `${JSON.stringify(rows, undefined, 2)}\n`);
}
