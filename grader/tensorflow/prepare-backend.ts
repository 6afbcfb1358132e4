import * as tf from '@tensorflow/tfjs';
import { version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { GraderError } from '../format/errors.ts';
import { backendNames } from './backend-report.ts';
import type { BackendName, BackendReport, RejectedBackend } from './backend-report.ts';
import { backendsDirectory } from './optional/backends-directory.ts';
import { loadOptionalBackend } from './optional/optional-backend.ts';
import { plainBackend } from './plain-backend.ts';
import { repairTensorflow } from './repairs.ts';
import { autoThreads, MAX_THREADS } from './threads.ts';
import { useWasm } from './wasm/wasm-backend.ts';

export interface BackendOptions {
  readonly backend: BackendName | 'auto';
  /** Threads for WASM, 1 to 8; `auto` is {@link autoThreads}. Default 1. */
  readonly threads?: number | 'auto' | undefined;
  /**
   * Where the files of {@link wasmAssets} lie, for a process that cannot read `node_modules`; `auto` then looks for
   * no other backend.
   */
  readonly wasmDirectory?: string | undefined;
  /**
   * `gpu` may compute on the processor, for set-up to prove what it has built where there is no card; `webgpu` may by a
   * driver in software, as it may by default where it is named.
   */
  readonly withoutDevice?: boolean | undefined;
  /** Of several: the number of a CUDA device, a part of the name of an adapter of WebGPU. Default: the first, or fastest. */
  readonly device?: string | undefined;
  /** Where the optional backends lie. Default: {@link backendsDirectory}. */
  readonly backendsDirectory?: string | undefined;
}

async function threadsOf(wanted: number | 'auto'): Promise<number> {
  if (wanted === 'auto') return await autoThreads();
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MAX_THREADS) {
    throw new GraderError(
      `The number of threads must be auto or a whole number from 1 to ${MAX_THREADS}, got ${wanted}`,
    );
  }
  return wanted;
}

/** Makes one backend the current one. @throws GraderError saying why it cannot be had */
async function take(
  name: BackendName,
  options: BackendOptions,
  threads: number,
): Promise<Omit<BackendReport, 'rejected'>> {
  const versions = { node: process.versions.node, '@tensorflow/tfjs': tf.version.tfjs };
  switch (name) {
    case 'gpu':
    case 'native':
    case 'webgpu': {
      const loaded = await loadOptionalBackend(name, {
        directory: options.backendsDirectory ?? backendsDirectory(),
        withoutDevice: options.withoutDevice ?? (name === 'webgpu' && options.backend === 'webgpu'),
        device: options.device,
      });
      return { ...loaded, name, threads: 0, versions: { ...versions, ...loaded.versions } };
    }
    case 'wasm': {
      await useWasm({ threads, directory: options.wasmDirectory });
      return { name, threads, versions: { ...versions, '@tensorflow/tfjs-backend-wasm': version_wasm } };
    }
    case 'cpu':
      plainBackend();
      await tf.setBackend('cpu');
      return { name, threads: 1, versions };
  }
}

/** What `auto` tries, in this order. */
function candidates(options: BackendOptions): readonly BackendName[] {
  return options.wasmDirectory === undefined ? backendNames : ['wasm', 'cpu'];
}

/**
 * Sets up the process's one TensorFlow.js instance, `@tensorflow/tfjs`, and says what it took: with `auto` the
 * fastest that can be had, and why not the others.
 * @throws GraderError when a backend that was named cannot be had; it never takes another one silently.
 */
export async function prepareBackend(options: BackendOptions): Promise<BackendReport> {
  const threads = await threadsOf(options.threads ?? 1);
  repairTensorflow();
  if (options.backend !== 'auto') {
    if (!backendNames.includes(options.backend)) {
      throw new GraderError(
        `There is no backend ${String(options.backend)}; there are ${backendNames.join(', ')}`,
      );
    }
    try {
      return { ...(await take(options.backend, options, threads)), rejected: [] };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new GraderError(`The backend ${options.backend} cannot be used: ${why}`, { cause });
    }
  }
  const rejected: RejectedBackend[] = [];
  for (const name of candidates(options)) {
    try {
      return { ...(await take(name, options, threads)), rejected };
    } catch (cause) {
      rejected.push({ name, why: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  throw new GraderError(
    `No backend can be had: ${rejected.map(({ name, why }) => `${name}: ${why}`).join('; ')}`,
  );
}
