import { ExecaError } from 'execa';
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform, release } from 'node:os';
import { FindingError } from '../../grader/cli/exit-code.ts';
import type { OptionalBackendName } from '../../grader/tensorflow/index.ts';
import type { Difference } from './differences.ts';
import type { OnBackend } from './on-backend.ts';

/** What the file says, for somebody who was not there; where a trial broke off, as far as it came. */
export interface Findings {
  readonly backend: OptionalBackendName;
  readonly machine: { readonly system: string; readonly processor: string; readonly processors: number };
  readonly node: string;
  /** Why the backend could not be tried to the end. */
  problem?: string;
  device?: string | undefined;
  versions?: Readonly<Record<string, string>>;
  /** Relative to the largest magnitude, of one convolution and its gradient. */
  errors?: { readonly forward: number; readonly gradient: number };
  /** The kernels' tests: what vitest printed, with the table. */
  kernels?: { readonly passed: boolean; readonly printed: string };
  solutions?: number;
  differences?: readonly Difference[];
  speeds?: { readonly wasm: OnBackend['speeds']; readonly here: OnBackend['speeds'] };
  peakMiB?: number;
}

/** The backend did not load, crashed, or computes something else. */
class BrokenOff extends Error {}

/** What the backend under trial does, told apart from what is our fault. @throws BrokenOff where it fails */
export async function tried<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const text = cause instanceof ExecaError ? cause.shortMessage : (cause as Error).message;
    throw new BrokenOff(text, { cause });
  }
}

/**
 * Tries a backend, writes what was found to a file and prints a summary.
 *
 * @param trial adds to the findings as it goes; its steps on the backend are {@link tried}
 * @throws FindingError where the backend is not what WASM is or breaks off; the file is written all the same
 */
export async function recordTrial(
  { backend, out }: { readonly backend: OptionalBackendName; readonly out: string },
  trial: (findings: Findings) => Promise<void>,
): Promise<void> {
  const findings: Findings = {
    backend,
    machine: {
      system: `${platform()} ${arch()} ${release()}`,
      processor: cpus()[0]?.model ?? 'unknown',
      processors: cpus().length,
    },
    node: process.versions.node,
  };
  try {
    await trial(findings);
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    findings.problem = error.message;
  }
  writeFileSync(out, `${JSON.stringify(findings, undefined, 2)}\n`);
  console.log(summary(findings, out));
  const { problem, differences = [], kernels } = findings;
  if (problem !== undefined) throw new FindingError(`${backend} could not be tried to the end: ${problem}`);
  if (differences.length > 0 || !kernels?.passed)
    throw new FindingError(`${backend} is not what WASM is; ${out} says where`);
}

function summary(
  { backend, device, errors, kernels, solutions, differences, speeds }: Findings,
  out: string,
): string {
  const times = speeds?.here.map(({ size, batch, milliseconds }, index) => {
    const ratio = speeds.wasm[index].milliseconds / milliseconds;
    return `  ${batch} x ${size} pixels: ${milliseconds.toFixed(1)} ms, ${ratio.toFixed(2)} times as fast as WASM`;
  });
  const verdicts = differences && [
    `  verdicts of ${solutions} solutions: ${differences.length === 0 ? 'all as on WASM' : `${differences.length} checks differ`}`,
    ...differences
      .slice(0, 20)
      .map(
        ({ solution, check, expected, actual }) => `    ${solution}: ${check} is ${actual}, not ${expected}`,
      ),
  ];
  return [
    errors ? `${backend} on ${device ?? 'the processor'}` : `${backend} does not work`,
    ...(kernels ? [`  tests of kernels: ${kernels.passed ? 'passed' : 'failed'}`] : []),
    ...(verdicts ?? []),
    ...(times ?? []),
    `  written to ${out}`,
  ].join('\n');
}
