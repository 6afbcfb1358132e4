import * as tf from '@tensorflow/tfjs';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { instantiateWasm } from './emscripten-module.ts';
import { FastWasmBackend } from './fast-wasm-backend.ts';
import { registerKernels } from './register-kernels.ts';
import { wasmFiles } from './wasm-files.ts';

/** Makes `wasm` the process's backend with that many threads; a backend of that name from before is dropped. */
export async function useWasm(options: { threads: number; directory?: string | undefined }): Promise<void> {
  const instance = await instantiateWasm(wasmFiles(options.directory), options.threads);
  setThreadsCount(options.threads);
  registerKernels();
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => new FastWasmBackend(instance), 2);
  await tf.setBackend('wasm');
}
