/**
 * The numerics room: prepares the one TensorFlow.js instance that the engine, the course's code and a submission
 * share.
 *
 * - `backend-report.ts`: the names of the backends, and the report on the one taken
 * - `prepare-backend.ts`: chooses, loads and registers
 * - `wasm/wasm-files.ts`: where the files of tfjs-wasm lie
 * - `wasm/emscripten-module.ts`, `wasm/thread-worker.ts`: instantiates them, with threads
 * - `wasm/wasm-backend.ts`: registers the backend made of them
 */
export type { BackendName, BackendReport, RejectedBackend } from './backend-report.ts';
export { backendNames } from './backend-report.ts';
export type { BackendOptions } from './prepare-backend.ts';
export { prepareBackend } from './prepare-backend.ts';
export { wasmAssets } from './wasm/wasm-files.ts';
