import * as tf from '@tensorflow/tfjs';
import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { instantiateWasm } from './emscripten-module.ts';
import { wasmFiles } from './wasm-files.ts';

/** Makes `wasm` the process's backend with that many threads; a backend of that name from before is dropped. */
export async function useWasm(options: { threads: number; directory?: string | undefined }): Promise<void> {
  const module = await instantiateWasm(wasmFiles(options.directory), options.threads);
  setThreadsCount(options.threads);
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => new BackendWasm(module), 2);
  await tf.setBackend('wasm');
}
