import type { Submitted } from './sources/submitted.ts';
import type { BatchFolder } from './store/batch-folder.ts';
import type { GradingSettings } from './workers/messages.ts';
import type { Ended } from './workers/grade-submission.ts';

/** A submission that has no result that stands. */
export interface Todo {
  readonly submitted: Submitted;
  /** Of all that its result depends on. */
  readonly key: string;
}

export interface WorkOnClass {
  readonly todo: readonly Todo[];
  readonly folder: BatchFolder;
  readonly settings: GradingSettings;
  /** How often each is graded, to see whether its checks end the same way. */
  readonly runs: number;
  /** What was asked for before does not stand either. */
  readonly again: boolean;
  /** Told of each once its results lie in their folder. */
  readonly onEnded: (one: Todo, ended: Ended) => void;
  readonly onNote: (line: string) => void;
  /** Told now and then whether there is nobody who could grade. */
  readonly onWaiting?: (isWaiting: boolean) => void;
  /** Ends the work after what is told so far. */
  readonly signal?: AbortSignal | undefined;
}

/** Where a class is graded: by processes of this machine, or by whoever takes it from a queue. */
export type GradeAll = (work: WorkOnClass) => Promise<void>;
