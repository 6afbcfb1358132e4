import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The files of `@tensorflow/tfjs-backend-wasm` that the backend needs at run time, by purpose. */
export interface WasmFiles {
  /** The Emscripten script and the binary. */
  readonly script: string;
  readonly binary: string;
  /** The same over a memory that threads can share. */
  readonly sharedScript: string;
  readonly sharedBinary: string;
}

const packageName = '@tensorflow/tfjs-backend-wasm';
const names: WasmFiles = {
  script: 'tfjs-backend-wasm.js',
  binary: 'tfjs-backend-wasm-simd.wasm',
  sharedScript: 'tfjs-backend-wasm-threaded-simd.js',
  sharedBinary: 'tfjs-backend-wasm-threaded-simd.wasm',
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
    sharedScript: inDirectory(names.sharedScript),
    sharedBinary: inDirectory(names.sharedBinary),
  };
}

/**
 * The installed files that must lie, under their own base names, in the `wasmDirectory` of a process that cannot
 * read `node_modules`: absolute paths.
 */
export function wasmAssets(): string[] {
  return Object.values<string>({ ...wasmFiles() });
}
