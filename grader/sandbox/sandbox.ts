import type { Readable, Writable } from 'node:stream';
import type { Addon } from './addon.ts';
import type { Layers } from './layers.ts';
import type { HostSecrets, IsolationLevel, IsolationReport } from './isolation.ts';
import { MiB } from '../format/units.ts';
import type { ProcessorWaits } from './processor-wait.ts';

/** What one process may use. */
export interface Limits {
  /** Private memory, bytes (`RLIMIT_DATA`). */
  readonly dataBytes: number;
  /** Resident memory of the process and its descendants, bytes, watched from outside. */
  readonly residentBytes: number;
  /** Seconds of processor time, all processes and threads together. */
  readonly cpuSeconds: number;
  /** Processes and threads. */
  readonly processes: number;
  /** Largest file it may write, bytes. */
  readonly fileBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  dataBytes: 3072 * MiB,
  residentBytes: 1536 * MiB,
  cpuSeconds: 600,
  processes: 32,
  fileBytes: 64 * MiB,
};

export interface LaunchOptions {
  /** `node`: a script for this Node.js, started with its permission flags; `program`: an executable. */
  readonly kind: 'node' | 'program';
  /** The script or executable, absolute, then its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Directories it may read, absolute. */
  readonly readable: readonly string[];
  /** Working directory, absolute. */
  readonly cwd: string;
  readonly limits: Limits;
  /** The process may start worker threads (threaded WebAssembly needs them). */
  readonly workers?: boolean;
  /** The process loads a native addon, and may what that needs. */
  readonly addon?: Addon | undefined;
}

/** How a process ended. */
export type Ending =
  | { readonly how: 'exit'; readonly code: number }
  | { readonly how: 'signal'; readonly signal: string }
  /** It went over `residentBytes`. */
  | { readonly how: 'memory' }
  /** It went over `cpuSeconds`. */
  | { readonly how: 'processor-time' }
  /** It went over `processes`. */
  | { readonly how: 'processes' }
  /** The grader ended it. */
  | { readonly how: 'killed' }
  /** Not a line of its code ran; the fault is the host's or the grader's. */
  | { readonly how: 'not-started'; readonly reason: string };

export interface SandboxedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** What it writes to descriptor 3. */
  readonly answers: Readable;
  /** Settles when the process has ended, even if something still holds its pipes. Never rejects. */
  readonly ended: Promise<Ending>;
  /** How long each of its threads was ready to run and had no processor. */
  processorWaits(): ProcessorWaits;
  /** Most resident memory that it was seen to have, with all it started, bytes; 0 where nobody has looked. */
  peakBytes(): number;
  /**
   * Ends it and all that it started, waits until nothing is left, and closes its pipes. Safe to call twice.
   * @throws GraderError when something of it could not be ended
   */
  destroy(): Promise<Ending>;
}

export interface Sandbox {
  readonly level: IsolationLevel;
  readonly layers: Layers;
  launch(options: LaunchOptions): SandboxedProcess;
  /**
   * Starts a canary child that really tries to get out, and says what held; once for the same secrets. Under `strict`, a required layer that
   * does not hold is an error.
   * @throws GraderError under `strict`, and when not even an honest program runs
   */
  proveIsolation(secrets?: HostSecrets): Promise<IsolationReport>;
  /** Ends all that was launched and still runs, and gives its user ids back. */
  close(): Promise<void>;
}
