import { execa, ExecaError } from 'execa';
import { join } from 'node:path';
import { GraderError } from '../../grader/format/errors.ts';
import { ROOT } from '../../repository.ts';
import type { Configuration, ExampleTimes, Sample } from './configuration.ts';

/** Runs a program of this folder with Node and resolves with what it prints. */
async function runProgram(name: string, args: readonly string[] = []): Promise<string> {
  const script = join(import.meta.dirname, name);
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', script, ...args], { cwd: ROOT });
  return stdout;
}

export interface Measured {
  readonly samples: readonly Sample[];
  /** Largest resident memory of the process, MiB. */
  readonly peakMiB: number;
}

/** The configuration's backend is installed, but does not run on this machine. */
export class UnusableBackend extends Error {}

/**
 * Times the workloads in a process of their own.
 * @param options.only part of the names of the workloads wanted
 * @throws UnusableBackend with the message of the error that the process ended with
 */
export async function measure(
  { backend, threads }: Configuration,
  options: { runs: number; only?: string },
): Promise<Measured> {
  const { runs, only = '' } = options;
  try {
    const stdout = await runProgram('measure.ts', [backend, String(threads), String(runs), only]);
    // Some backends greet on standard output.
    return JSON.parse(stdout.slice(stdout.lastIndexOf('{"samples"'))) as Measured;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const reason = /^\w*Error: (.*)$/m.exec(String(error.stderr))?.[1] ?? 'for no reason given';
    throw new UnusableBackend(reason, { cause: error });
  }
}

/** Times what the network's convolutions would take at the processor's limit, in a process of its own. */
export async function measureLimit({
  runs,
  only = '',
}: {
  runs: number;
  only?: string;
}): Promise<readonly Sample[]> {
  const stdout = await runProgram('simd-limit.ts', [String(runs), only]);
  return (JSON.parse(stdout) as { samples: Sample[] }).samples;
}

/** Grades the example once, in a process of its own. */
export async function gradeExample(): Promise<ExampleTimes> {
  return JSON.parse(await runProgram('grade-example.ts')) as ExampleTimes;
}

/** The interpreter that Debian's `python3-torch` is for. */
const DEBIANS_PYTHON = '/usr/bin/python3';

/**
 * Times the same network in PyTorch.
 * @param options.python the interpreter that has it, or true for Debian's
 * @throws GraderError where there is none
 */
export async function measureTorch(
  threads: number,
  { runs, python }: { runs: number; python: string | true },
): Promise<{ samples: readonly Sample[]; version: string }> {
  const script = join(import.meta.dirname, 'squeezenet.py');
  const interpreter = python === true ? DEBIANS_PYTHON : python;
  const { stdout, stderr, exitCode } = await execa(interpreter, [script, String(threads), String(runs)], {
    reject: false,
  });
  if (exitCode !== 0) {
    const reason = stderr?.trimEnd().split('\n').at(-1) || `there is no ${interpreter}`;
    const install = python === true ? 'apt-get install python3-torch' : `${interpreter} -m pip install torch`;
    const remedy = reason.startsWith('ModuleNotFoundError') ? `; ${install}` : '';
    throw new GraderError(`PyTorch cannot be timed: ${reason}${remedy}`);
  }
  return JSON.parse(stdout) as { samples: Sample[]; version: string };
}
