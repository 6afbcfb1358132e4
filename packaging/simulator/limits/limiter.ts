/** What a container may use. */
export interface Allowance {
  /** Processors: 0.5 is half of one. */
  readonly cpu: number;
  readonly memoryBytes: number;
}

/** What a run was seen to use. */
export interface Usage {
  /** Most memory at one time that could not have been given back, all processes together, bytes. */
  readonly peakBytes: number;
  readonly processorSeconds: number;
  /** The memory limit ended a process. */
  readonly outOfMemory: boolean;
}

/** Holds a run to an allowance and measures it. */
export interface Limiter {
  /** How, in a few words. */
  readonly kind: string;
  /** What a shell does first to come under the limits with all that it starts. */
  readonly join: string;
  /** Control groups that the container sees as its own, by their place below `/sys/fs/cgroup`. */
  readonly visible: readonly string[];
  /** To be called when the process has started. */
  watch(pid: number): void;
  /** Ends the watch; safe to call twice. */
  stop(): Usage;
}
