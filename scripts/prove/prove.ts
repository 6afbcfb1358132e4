import { execa } from 'execa';
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform, release } from 'node:os';
import { join } from 'node:path';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import { installedBackends, type OptionalBackendName } from '../../grader/tensorflow/index.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { prove as compareOnce } from '../setup/proof.ts';
import { backendsDirectory } from '../../grader/tensorflow/optional/backends-directory.ts';
import { differences, type Difference } from './differences.ts';
import type { OnBackend } from './on-backend.ts';

export interface ProveOptions {
  /** Parts whose solutions are judged. */
  readonly parts: readonly string[];
  readonly speed: boolean;
  /** Where the findings are written, absolute. */
  readonly out: string;
}

/** What the file says, for somebody who was not there. */
interface Findings {
  readonly backend: OptionalBackendName;
  readonly machine: { readonly system: string; readonly processor: string; readonly processors: number };
  readonly node: string;
  readonly device: string | undefined;
  readonly versions: Readonly<Record<string, string>>;
  /** Relative to the largest magnitude, of one convolution and its gradient. */
  readonly errors: { readonly forward: number; readonly gradient: number };
  /** The kernels' tests: what vitest printed, with the table. */
  readonly kernels: { readonly passed: boolean; readonly printed: string };
  readonly solutions: number;
  readonly differences: readonly Difference[];
  readonly speeds: { readonly wasm: OnBackend['speeds']; readonly here: OnBackend['speeds'] };
  readonly peakMiB: number;
}

const VITEST = 'vitest';
const HALVES = ['public', 'private'].map((half) => join(FIXTURES, half));

/** Runs the corpus, and the clock, on a backend in a process of its own. */
async function onBackend(backend: string, parts: readonly string[], speed: boolean): Promise<OnBackend> {
  const program = join(import.meta.dirname, 'on-backend.ts');
  const args = ['--import', 'tsx', program, backend, speed ? 'speed' : '-', 'Infinity', ...parts];
  const { stdout } = await execa(process.execPath, args, { cwd: ROOT, stderr: 'inherit' });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as OnBackend;
}

/** The tests of kernels: of every kernel on WebGPU, of the convolutions and products on libtensorflow. */
async function kernelTests(backend: OptionalBackendName): Promise<Findings['kernels']> {
  const names =
    backend === 'webgpu'
      ? ['differential-webgpu', 'webgpu']
      : ['convolution-gradients', 'pooling-and-depthwise-gradients', 'matrix-products'];
  const files = names.map((name) => `tests/tensorflow/${name}.test.ts`);
  const { exitCode, stdout } = await execa(VITEST, ['run', ...files], {
    cwd: ROOT,
    env: { NO_COLOR: '1', ...(backend === 'webgpu' ? {} : { BACKEND_UNDER_TEST: backend }) },
    preferLocal: true,
    localDir: ROOT,
    reject: false,
  });
  return { passed: exitCode === 0, printed: stdout };
}

/**
 * Tries all of a backend that grading hangs on, against WASM, and writes what was found to a file that can be sent.
 * @throws UsageError where the backend is not installed
 * @throws FindingError where a kernel or a verdict is another than on WASM; the file is written all the same
 */
export async function proveBackend(backend: OptionalBackendName, options: ProveOptions): Promise<void> {
  if (!installedBackends().includes(backend)) {
    throw new UsageError(`${backend} is not installed; npm run setup -- ${backend}`);
  }
  const { parts } = selectParts(loadAssignment(HALVES), options.parts);
  const judged = parts.map(({ id }) => id);
  console.error('comparing a convolution and its gradient with WASM');
  const { report, forwardError, gradientError } = await compareOnce(backend, backendsDirectory());
  console.error('running the tests of kernels');
  const kernels = await kernelTests(backend);
  const wasm = await onBackend('wasm', judged, options.speed);
  const here = await onBackend(backend, judged, options.speed);
  const found = differences({ expected: wasm.verdicts, actual: here.verdicts });
  const findings: Findings = {
    backend,
    machine: {
      system: `${platform()} ${arch()} ${release()}`,
      processor: cpus()[0]?.model ?? 'unknown',
      processors: cpus().length,
    },
    node: process.versions.node,
    device: report.device,
    versions: report.versions,
    errors: { forward: forwardError, gradient: gradientError },
    kernels,
    solutions: Object.keys(wasm.verdicts).length,
    differences: found,
    speeds: { wasm: wasm.speeds, here: here.speeds },
    peakMiB: here.peakMiB,
  };
  writeFileSync(options.out, `${JSON.stringify(findings, undefined, 2)}\n`);
  console.log(summary(findings, options.out));
  if (found.length > 0 || !kernels.passed) {
    throw new FindingError(`${backend} is not what WASM is; ${options.out} says where`);
  }
}

function summary(
  { backend, device, kernels, solutions, differences: found, speeds }: Findings,
  out: string,
): string {
  const times = speeds.here.map(({ size, batch, milliseconds }, index) => {
    const ratio = speeds.wasm[index].milliseconds / milliseconds;
    return `  ${batch} x ${size} pixels: ${milliseconds.toFixed(1)} ms, ${ratio.toFixed(2)} times as fast as WASM`;
  });
  return [
    `${backend} on ${device ?? 'the processor'}`,
    `  tests of kernels: ${kernels.passed ? 'passed' : 'failed'}`,
    `  verdicts of ${solutions} solutions: ${found.length === 0 ? 'all as on WASM' : `${found.length} checks differ`}`,
    ...found
      .slice(0, 20)
      .map(
        ({ solution, check, expected, actual }) => `    ${solution}: ${check} is ${actual}, not ${expected}`,
      ),
    ...times,
    `  written to ${out}`,
  ].join('\n');
}
