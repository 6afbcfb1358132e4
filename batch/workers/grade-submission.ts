import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../grader/format/counted.ts';
import type { JournalEntry } from '../store/journal.ts';
import type { TaskResult } from './messages.ts';
import type { Attempt, Worker } from './worker.ts';

/** How a submission ended, but for what names it and its report. */
export type Ended = Omit<JournalEntry, 'id' | 'key' | 'report'> & {
  /** Whether results were written. */
  readonly kept: boolean;
};

/**
 * Grades one submission and writes its results, or the log of what failed.
 * @param setup.attempts how often one that fails through us is tried
 * @param setup.runs how often it is graded, to see whether its checks end the same way; the first time counts
 */
export async function gradeSubmission(setup: {
  readonly path: string;
  readonly out: string;
  readonly worker: Worker;
  readonly attempts: number;
  readonly runs: number;
  readonly signal?: AbortSignal | undefined;
}): Promise<Ended> {
  const { path, out, worker, signal } = setup;
  mkdirSync(out, { recursive: true });
  const troubles: string[] = [];
  for (let attempts = 1; ; attempts++) {
    const attempt = await worker.grade({ path, out });
    const wrong = oursIn(attempt);
    troubles.push(...wrong);
    if (wrong.length > 0) {
      // A worker that was ended on demand is no failure.
      if (!signal?.aborted)
        appendFileSync(join(out, 'log.txt'), wrong.map((line) => `attempt ${attempts}: ${line}\n`).join(''));
      // Whatever it was may still be in the process.
      await worker.close();
    }
    if (wrong.length > 0 && attempts < setup.attempts && !signal?.aborted) continue;
    if (attempt.kind === 'lost') {
      // A report that is there is of an earlier batch.
      const nothing = {
        score: 0,
        points: 0,
        errored: 0,
        seconds: 0,
        processorSeconds: 0,
        runs: 1,
        flaky: [],
      };
      return { state: 'failed', attempts, troubles, kept: false, ...nothing };
    }
    const { state, score, points, errored, seconds, processorSeconds } = attempt.result;
    const more = wrong.length > 0 ? [] : await gradeAgain(setup);
    return {
      state: state === 'out-of-time' ? 'failed' : state,
      ...{ score, points, errored, attempts },
      runs: 1 + more.length,
      flaky: differing([attempt.result, ...more]),
      seconds: round(seconds),
      processorSeconds: round(processorSeconds),
      troubles: wrong.length > 0 ? troubles : [],
      kept: true,
    };
  }
}

/** Grades it until it was graded so often, or something fails through us. */
async function gradeAgain(setup: {
  readonly path: string;
  readonly worker: Worker;
  readonly runs: number;
  readonly signal?: AbortSignal | undefined;
}): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  while (results.length + 1 < setup.runs && !setup.signal?.aborted) {
    const attempt = await setup.worker.grade({ path: setup.path });
    if (attempt.kind === 'lost' || oursIn(attempt).length > 0) break;
    results.push(attempt.result);
  }
  return results;
}

/** The checks that did not end the same way each time. */
function differing([first, ...others]: readonly TaskResult[]): string[] {
  const { endings } = first;
  return Object.keys(endings).filter((check) =>
    others.some((other) => other.endings[check] !== endings[check]),
  );
}

/** What of an attempt is no fault of the submission. */
function oursIn(attempt: Attempt): readonly string[] {
  if (attempt.kind === 'lost') return [attempt.reason];
  const { state, errored, troubles } = attempt.result;
  if (state === 'out-of-time') return ['the time for one submission ran out', ...troubles];
  if (errored > 0 && troubles.length === 0) return [`${counted(errored, 'check')} could not be judged`];
  return troubles;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
