/**
 * Where tensors are computed: `gpu` is `@tensorflow/tfjs-node-gpu` (CUDA), `native` is `@tensorflow/tfjs-node`,
 * `webgpu` is `@tensorflow/tfjs-backend-webgpu` over Dawn, `wasm` the default that npm alone gives, `cpu` plain
 * JavaScript.
 */
export type BackendName = 'gpu' | 'native' | 'webgpu' | 'wasm' | 'cpu';

/** The names from the fastest hardware to the slowest; `auto` takes the first that can be had. */
export const backendNames = [
  'gpu',
  'native',
  'webgpu',
  'wasm',
  'cpu',
] as const satisfies readonly BackendName[];

/** A backend that `auto` passed over, and why it could not be had. */
export interface RejectedBackend {
  readonly name: BackendName;
  readonly why: string;
}

/** What {@link prepareBackend} set up: goes into fixtures, `results.json` and bug reports. */
export interface BackendReport {
  readonly name: BackendName;
  /** Threads that work on one kernel; the native backends count all cores themselves and say 0. */
  readonly threads: number;
  /** Versions of the packages that compute, and of Node. */
  readonly versions: Record<string, string>;
  /** The processor, where the backend can name it. */
  readonly device?: string;
  /** Whether that is a driver in software, which is slower than WASM. */
  readonly software?: boolean;
  readonly rejected: readonly RejectedBackend[];
}
