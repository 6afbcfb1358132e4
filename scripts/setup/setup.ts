import { UsageError } from '../../grader/format/errors.ts';
import {
  optionalPackages,
  type OptionalBackendName,
} from '../../grader/tensorflow/optional/backends-directory.ts';
import { installPackages } from './packages.ts';
import { replaceBackend } from './replace-backend.ts';

export interface SetupOptions {
  readonly fromSource?: boolean;
  readonly verify?: boolean;
}

/**
 * Installs an optional backend, or verifies the one that is installed.
 * @throws FindingError where it does not work, and the state before stays
 */
export async function setup(
  backend: OptionalBackendName,
  { fromSource, verify }: SetupOptions,
): Promise<void> {
  if (backend !== 'native' && (fromSource || verify)) {
    throw new UsageError(`--${verify ? 'verify' : 'from-source'} is for the backend native, not ${backend}`);
  }
  if (verify) {
    const { verifyNative } = await import('./native/verify.ts');
    await verifyNative();
  } else if (fromSource) {
    const { buildNative } = await import('./native/build.ts');
    await replaceBackend(backend, buildNative);
  } else {
    await replaceBackend(backend, async (folder) => {
      console.error(`installing ${optionalPackages[backend].join(' ')}`);
      await installPackages(backend, folder);
    });
  }
}
