import { execa } from 'execa';
import { join } from 'node:path';
import type { BackendReport, OptionalBackendName } from '../../grader/tensorflow/index.ts';
import { ROOT } from '../../repository.ts';

/** What an optional backend computed, compared with WASM: errors relative to the largest magnitude. */
export interface Proof {
  readonly report: BackendReport;
  readonly forwardError: number;
  readonly gradientError: number;
}

/**
 * How far a backend may be from WASM. All compute in float32, but sum in another order; CUDA's convolutions may go by
 * another algorithm (Winograd's). Rounded to TensorFloat-32, ten bits of mantissa, they would be farther off.
 */
export const tolerances: Readonly<Record<OptionalBackendName, number>> = {
  gpu: 1e-3,
  native: 1e-4,
  webgpu: 1e-4,
};

/**
 * Loads a backend from a folder of backends in a process of its own and compares it with WASM.
 * @throws Error with the process's own words when it cannot be loaded, or when it computes something else
 */
export async function prove(name: OptionalBackendName, directory: string): Promise<Proof> {
  const script = join(ROOT, 'scripts', 'setup', 'prove.ts');
  const result = await execa(process.execPath, ['--import', 'tsx', script, name, directory], {
    cwd: ROOT,
    reject: false,
    // A card that is newer than the binaries compiles them first.
    timeout: 600_000,
    // TensorFlow names a library that it misses in a warning.
    env: name === 'gpu' ? { TF_CPP_MIN_LOG_LEVEL: '0' } : {},
  });
  if (result.exitCode !== 0) {
    const reason = result.stderr.split('\n').find((line) => line.includes('Error:'));
    throw new Error(
      result.timedOut ? 'it did not answer within ten minutes' : (reason ?? result.stderr.slice(-2000)),
    );
  }
  for (const line of result.stderr.split('\n')) if (/dlopen|GPU|CUDA/.test(line)) console.error(line.trim());
  const proof = JSON.parse(result.stdout.trimEnd().split('\n').at(-1)!) as Proof;
  const worst = Math.max(proof.forwardError, proof.gradientError);
  if (!(worst <= tolerances[name])) {
    throw new Error(`it differs from WASM by ${worst.toExponential(1)}, more than ${tolerances[name]}`);
  }
  return proof;
}
