import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The files of `@tensorflow/tfjs-backend-wasm` that the backend needs at run time, by purpose. */
export interface WasmFiles {
  /** The Emscripten script and the binary for one thread. */
  readonly script: string;
  readonly binary: string;
  /** The same for several threads, and what each worker runs. */
  readonly threadedScript: string;
  readonly threadedBinary: string;
  readonly threadedWorker: string;
}

const packageName = '@tensorflow/tfjs-backend-wasm';
const names: WasmFiles = {
  script: 'tfjs-backend-wasm.js',
  binary: 'tfjs-backend-wasm-simd.wasm',
  threadedScript: 'tfjs-backend-wasm-threaded-simd.js',
  threadedBinary: 'tfjs-backend-wasm-threaded-simd.wasm',
  threadedWorker: 'tfjs-backend-wasm-threaded-simd.worker.js',
};

function installedDirectory(): string {
  return join(createRequire(import.meta.url).resolve(`${packageName}/package.json`), '..', 'wasm-out');
}

/**
 * Paths of the backend's files: in `directory`, or where npm installed the package. With a directory nothing is
 * resolved from `node_modules`.
 */
export function wasmFiles(directory: string = installedDirectory()): WasmFiles {
  const inDirectory = (name: string): string => join(directory, name);
  return {
    script: inDirectory(names.script),
    binary: inDirectory(names.binary),
    threadedScript: inDirectory(names.threadedScript),
    threadedBinary: inDirectory(names.threadedBinary),
    threadedWorker: inDirectory(names.threadedWorker),
  };
}

/**
 * The installed files that must lie, under their own base names, in the `wasmDirectory` of a process that cannot
 * read `node_modules`: absolute paths.
 */
export function wasmAssets(): string[] {
  return Object.values<string>({ ...wasmFiles() });
}
