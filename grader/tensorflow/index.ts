/**
 * The numerics room: prepares the one TensorFlow.js instance that the engine, the course's code and a submission
 * share.
 *
 * - `backend-report.ts`: the names of the backends, and the report on the one taken
 * - `prepare-backend.ts`: chooses, loads and registers
 * - `repairs.ts`, `gradients/`: what TensorFlow.js gets wrong or lacks whatever the backend
 * - `kernel-repairs.ts`, `guarded-kernel.ts`, `plain-backend.ts`: what a kernel of any backend is wrapped in: a repair,
 *   a guard that has the plain JavaScript backend compute what the kernel does not, and that computation
 * - `threads.ts`: how many threads `auto` means
 * - `optional/backends-directory.ts`, `optional/optional-backend.ts`, `optional/restore-util.ts`: the backends that
 *   `npm run setup` installs: where they lie, how they load
 * - `webgpu/held-polling.ts`, `webgpu/dawn.ts`: WebGPU in Node, polled within a synchronous call
 * - `webgpu/readable-backend.ts`, `webgpu/load-webgpu.ts`: the backend on it, and how it becomes the process's
 * - `webgpu/stock-limits.ts`, `webgpu/register-kernels.ts`, `webgpu/max-pool-grad.ts`: what its kernels get wrong or lack
 * - `bundling.ts`: how to bundle TensorFlow.js so that a process starts quickly
 * - `wasm/wasm-files.ts`: where the files of tfjs-wasm lie
 * - `wasm/emscripten-module.ts`, `wasm/idle-worker.ts`: instantiates them
 * - `wasm/check-allocations.ts`: an error where memory is short, in place of a tensor written over others
 * - `wasm/fast-wasm-backend.ts`: the backend made of them: shared and derived data, complex tensors
 * - `wasm/wasm-backend.ts`, `wasm/register-kernels.ts`: registers it and this room's kernels
 * - `wasm/kernel.ts`: what a kernel is, and how one takes the place of tfjs's own
 * - `wasm/kernels/`: a kernel or a gradient each
 * - `wasm/cpu-fallback.ts`: all other kernels, on the plain JavaScript backend
 * - `wasm/simd/`: a tiny assembler, loops over the WASM heap written with it, and threads that run them
 */
export type { BackendName, BackendReport, RejectedBackend } from './backend-report.ts';
export { backendNames } from './backend-report.ts';
export type { BackendOptions } from './prepare-backend.ts';
export {
  backendsDirectory,
  installedBackends,
  optionalBackendNames,
  optionalPackages,
} from './optional/backends-directory.ts';
export type { OptionalBackendName } from './optional/backends-directory.ts';
export { prepareBackend } from './prepare-backend.ts';
export { CoreWatch } from './core-watch.ts';
export { autoThreads } from './threads.ts';
export { tensorflowBundling } from './bundling.ts';
export { wasmAssets } from './wasm/wasm-files.ts';
