import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { GraderError } from '../data/errors.ts';
import type { BackendName, BackendReport } from './backend-report.ts';
import { cpuBackend } from './wasm/cpu-fallback.ts';
import { useWasm } from './wasm/wasm-backend.ts';

export interface BackendOptions {
  readonly backend: BackendName | 'auto';
  /** Threads for WASM; `auto` is every core up to 4. Default 1. */
  readonly threads?: number | 'auto' | undefined;
  /** Where the files of {@link wasmAssets} lie, for a process that cannot read `node_modules`. */
  readonly wasmDirectory?: string | undefined;
}

/**
 * Sets up the process's one TensorFlow.js instance, `@tensorflow/tfjs`, and says what it took.
 * @throws GraderError when a backend that was named cannot be had.
 */
export async function prepareBackend(options: BackendOptions): Promise<BackendReport> {
  const versions = { node: process.versions.node, tfjs: tf.version.tfjs };
  const name = options.backend === 'auto' ? 'wasm' : options.backend;
  switch (name) {
    case 'wasm': {
      const threads =
        options.threads === 'auto' ? Math.min(4, availableParallelism()) : (options.threads ?? 1);
      await useWasm({ threads, directory: options.wasmDirectory });
      return { name, threads, versions, rejected: [] };
    }
    case 'cpu':
      cpuBackend();
      await tf.setBackend('cpu');
      return { name, threads: 1, versions, rejected: [] };
    default:
      throw new GraderError(
        `The backend ${name} is not installed; install it with: npm run setup -- ${name}`,
      );
  }
}
