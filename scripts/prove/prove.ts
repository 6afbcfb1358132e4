import { execa } from 'execa';
import { join } from 'node:path';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import { installedBackends, type OptionalBackendName } from '../../grader/tensorflow/index.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { prove as compareOnce } from '../setup/proof.ts';
import { backendsDirectory } from '../../grader/tensorflow/optional/backends-directory.ts';
import { differences } from './differences.ts';
import { recordTrial, tried, type Findings } from './findings.ts';
import type { OnBackend } from './on-backend.ts';

export interface ProveOptions {
  /** Parts whose solutions are judged. */
  readonly parts: readonly string[];
  readonly speed: boolean;
  /** Where the findings are written, absolute. */
  readonly out: string;
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
async function kernelTests(backend: OptionalBackendName): Promise<NonNullable<Findings['kernels']>> {
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
 * @throws FindingError where a kernel or a verdict is another than on WASM, or the backend does not load or crashes;
 *   the file is written all the same
 */
export async function proveBackend(backend: OptionalBackendName, options: ProveOptions): Promise<void> {
  if (!installedBackends().includes(backend)) {
    throw new UsageError(`${backend} is not installed; npm run setup -- ${backend}`);
  }
  const { parts } = selectParts(loadAssignment(HALVES), options.parts);
  const judged = parts.map(({ id }) => id);
  await recordTrial({ backend, out: options.out }, async (findings) => {
    console.error('comparing a convolution and its gradient with WASM');
    const proof = await tried(compareOnce(backend, backendsDirectory()));
    findings.device = proof.report.device;
    findings.versions = proof.report.versions;
    findings.errors = { forward: proof.forwardError, gradient: proof.gradientError };
    console.error('running the tests of kernels');
    findings.kernels = await kernelTests(backend);
    const wasm = await onBackend('wasm', judged, options.speed);
    const here = await tried(onBackend(backend, judged, options.speed));
    findings.solutions = Object.keys(wasm.verdicts).length;
    findings.differences = differences({ expected: wasm.verdicts, actual: here.verdicts });
    if (options.speed) findings.speeds = { wasm: wasm.speeds, here: here.speeds };
    findings.peakMiB = here.peakMiB;
  });
}
