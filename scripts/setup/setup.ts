import { UsageError } from '../../grader/format/errors.ts';
import {
  optionalPackages,
  type OptionalBackendName,
} from '../../grader/tensorflow/optional/backends-directory.ts';
import { installPackages } from './packages.ts';
import { replaceBackend } from './replace-backend.ts';

export interface SetupOptions {
  /** Of `native`. */
  readonly fromSource?: boolean;
  readonly verify?: boolean;
  /** Of `gpu`: what tfjs-node-gpu downloads, for hosts with CUDA 11.2. */
  readonly cuda11?: boolean;
  /** Of `gpu`: keep what was built although there is no device here. */
  readonly keep?: boolean;
}

/** The option that belongs to another backend than the one that is set up. */
function misplaced(backend: OptionalBackendName, options: SetupOptions): string | undefined {
  const owners = { fromSource: 'native', verify: 'native', cuda11: 'gpu', keep: 'gpu' } as const;
  const names = { fromSource: '--from-source', verify: '--verify', cuda11: '--cuda-11', keep: '--keep' };
  const found = (Object.keys(owners) as (keyof SetupOptions)[]).find(
    (key) => options[key] && owners[key] !== backend,
  );
  return found && `${names[found]} is for the backend ${owners[found]}, not ${backend}`;
}

/**
 * Installs an optional backend, or verifies the one that is installed.
 * @throws FindingError where it does not work, and the state before stays
 */
export async function setup(backend: OptionalBackendName, options: SetupOptions): Promise<void> {
  const wrong = misplaced(backend, options);
  if (wrong) throw new UsageError(wrong);
  if (options.verify) {
    const { verifyNative } = await import('./tensorflow/verify.ts');
    await verifyNative();
  } else {
    await replaceBackend(backend, await installer(backend, options), { keepWithoutDevice: options.keep });
  }
}

/** Builds the addon or has npm download it, into a folder. */
async function installer(
  backend: OptionalBackendName,
  { fromSource, cuda11 }: SetupOptions,
): Promise<(folder: string) => Promise<void>> {
  if ((backend === 'native' && fromSource) || (backend === 'gpu' && !cuda11)) {
    const { buildAddon } = await import('./tensorflow/build-addon.ts');
    return (folder) => buildAddon(backend, folder);
  }
  return async (folder) => {
    console.error(`installing ${optionalPackages[backend].join(' ')}`);
    await installPackages(backend, folder);
  };
}
