import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FindingError } from '../../grader/cli/exit-code.ts';
import {
  backendsDirectory,
  type OptionalBackendName,
} from '../../grader/tensorflow/optional/backends-directory.ts';
import { prove } from './proof.ts';
import { missingForCuda } from './tensorflow/missing-for-cuda.ts';

const whyNoDevice = (): string =>
  missingForCuda().join('; ') || 'TensorFlow registers none, although the driver is there';

/**
 * Has an optional backend put into a fresh folder, compares it with WASM, and only then lets it take the place of
 * the one that was there. Says on standard output what works.
 * @param install puts the backend into the folder, which does not exist yet
 * @throws FindingError saying why it does not work; the state before stays
 */
export async function replaceBackend(
  name: OptionalBackendName,
  install: (folder: string) => Promise<void>,
  { keepWithoutDevice = false }: { keepWithoutDevice?: boolean | undefined } = {},
): Promise<void> {
  const directory = backendsDirectory();
  mkdirSync(directory, { recursive: true });
  const fresh = mkdtempSync(join(directory, 'installing-'));
  try {
    await install(join(fresh, name));
    console.error('comparing with WASM');
    const { report, forwardError, gradientError } = await prove(name, fresh);
    const withoutDevice = name === 'gpu' && report.device === undefined;
    if (withoutDevice && !keepWithoutDevice) {
      throw new Error(
        `it is built and computes as WASM does (within ${Math.max(forwardError, gradientError).toExponential(1)}), but no device was found: ${whyNoDevice()}; --keep keeps it all the same`,
      );
    }
    rmSync(join(directory, name), { recursive: true, force: true });
    renameSync(join(fresh, name), join(directory, name));
    const lines = [
      withoutDevice
        ? `${name} is kept, but no device was found, so it cannot be used here: ${whyNoDevice()}`
        : `${name} works${report.device === undefined ? '' : ` on ${report.device}`}`,
      ...Object.entries(report.versions).map(([what, version]) => `  ${what} ${version}`),
      `  differs from WASM by ${forwardError.toExponential(1)} (convolution) and ${gradientError.toExponential(1)} (gradient)`,
    ];
    console.log(lines.join('\n'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const before = existsSync(join(directory, name))
      ? 'the one installed before is kept'
      : 'nothing was changed';
    const text = `the backend ${name} cannot be used on this machine; ${before}: ${reason}`;
    throw new FindingError(text, { cause: error });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
