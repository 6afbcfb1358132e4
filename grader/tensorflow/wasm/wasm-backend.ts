import * as tf from '@tensorflow/tfjs';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { instantiateWasm } from './emscripten-module.ts';
import { FastWasmBackend } from './fast-wasm-backend.ts';
import { registerKernels } from './register-kernels.ts';
import { LoopThreads } from './simd/loop-threads.ts';
import { compileLoops } from './simd/loops.ts';
import { wasmFiles } from './wasm-files.ts';

/** Makes `wasm` the process's backend with that many threads; a backend of that name from before is dropped. */
export async function useWasm(options: { threads: number; directory?: string | undefined }): Promise<void> {
  const { module, memory } = await instantiateWasm(wasmFiles(options.directory), {
    shared: options.threads > 1,
  });
  const threads = await LoopThreads.start(compileLoops(memory), options.threads);
  // XNNPACK's own threads spin for milliseconds after each call, on the cores that the others compute on.
  setThreadsCount(1);
  registerKernels();
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => new FastWasmBackend(module, threads), 2);
  await tf.setBackend('wasm');
}
