import type { Readable, Writable } from 'node:stream';

/** What one process may use. */
export interface Limits {
  /** Private memory, bytes (`RLIMIT_DATA`). */
  readonly dataBytes: number;
  /** Resident memory of the process and its descendants, bytes, watched from outside. */
  readonly residentBytes: number;
  /** Seconds of processor time. */
  readonly cpuSeconds: number;
  /** Processes and threads. */
  readonly processes: number;
  /** Largest file it may write, bytes. */
  readonly fileBytes: number;
}

const MiB = 1024 * 1024;
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
  /** The process may load native addons (only for the native backends). */
  readonly addons?: boolean;
}

/** How a process ended. */
export type Ending =
  | { readonly how: 'exit'; readonly code: number }
  | { readonly how: 'signal'; readonly signal: string }
  | { readonly how: 'memory' }
  | { readonly how: 'killed' };

export interface SandboxedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** What it writes to descriptor 3. */
  readonly answers: Readable;
  /** Settles when the process has ended, even if something still holds its pipes. Never rejects. */
  readonly ended: Promise<Ending>;
  /** Ends it and all that it started, waits until nothing is left, and closes its pipes. Safe to call twice. */
  destroy(): Promise<Ending>;
}

/** What this host gives, from weakest to strongest. */
export type IsolationLevel = 'process' | 'own-uid';

export interface Sandbox {
  readonly level: IsolationLevel;
  launch(options: LaunchOptions): SandboxedProcess;
}
