import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../grader/format/counted.ts';
import { hashSubmission } from './sources/content-hash.ts';
import type { Submitted } from './sources/submitted.ts';
import type { BatchFolder } from './store/batch-folder.ts';
import { recordChecks, writeRecord, type BatchRecord } from './store/batch-record.ts';
import { gradingOf, keyOf } from './store/grading-key.ts';
import type { Journal, JournalEntry } from './store/journal.ts';
import type { GradingSettings } from './workers/messages.ts';
import { Worker, type Attempt } from './workers/worker.ts';

/** A submission that fails through us is tried so often. */
const ATTEMPTS = 2;

/** Where the work on a class is. */
export interface ClassProgress {
  readonly done: number;
  readonly total: number;
  /** Of those done, how many had a result that stands. */
  readonly kept: number;
  readonly failed: number;
}

export interface ClassOptions {
  readonly submissions: readonly Submitted[];
  readonly folder: BatchFolder;
  readonly journal: Journal;
  readonly settings: GradingSettings;
  /** Submissions graded at the same time. */
  readonly jobs: number;
  /** Grade also what has a result that stands. */
  readonly again?: boolean;
  readonly onProgress?: (progress: ClassProgress) => void;
  readonly onNote?: (line: string) => void;
  /** Ends the work after what is recorded so far. */
  readonly signal?: AbortSignal;
}

/** Grades what has no result that stands, and records each in the journal. */
export async function gradeClass(options: ClassOptions): Promise<ClassProgress> {
  const { submissions, folder, journal, settings, signal } = options;
  const grading = gradingOf(settings);
  const todo: { readonly submitted: Submitted; readonly key: string }[] = [];
  let kept = 0;
  let failed = 0;
  const record: BatchRecord['submissions'] = {};
  for (const submitted of submissions) {
    const content = await hashSubmission(submitted.path);
    const key = keyOf(content, grading);
    record[submitted.id] = { content, people: [...submitted.people] };
    if (!options.again && stands(journal.entries.get(submitted.id), key, folder)) kept++;
    else todo.push({ submitted, key });
  }
  writeRecord(folder, grading, { checks: recordChecks(settings.assignment), submissions: record });
  let done = kept;
  const tell = (): ClassProgress => {
    const progress = { done, total: submissions.length, kept, failed };
    options.onProgress?.(progress);
    return progress;
  };
  tell();
  const queue = todo.values();
  const work = async (worker: Worker): Promise<void> => {
    for (const { submitted, key } of queue) {
      if (signal?.aborted) return;
      const entry = await gradeOne({ submitted, key, worker, options });
      if (signal?.aborted) return;
      journal.add(entry);
      done++;
      if (entry.state === 'failed' || entry.errored > 0) {
        failed++;
        options.onNote?.(`${submitted.id}: ${entry.troubles[0] ?? 'could not be judged'}`);
      }
      tell();
    }
  };
  const workers = Array.from({ length: Math.min(options.jobs, todo.length) }, () => new Worker(settings));
  const end = (): void => workers.forEach((worker) => void worker.close());
  signal?.addEventListener('abort', end);
  try {
    await Promise.all(workers.map(work));
  } finally {
    signal?.removeEventListener('abort', end);
    await Promise.all(workers.map((worker) => worker.close()));
  }
  return tell();
}

function stands(entry: JournalEntry | undefined, key: string, folder: BatchFolder): boolean {
  if (entry?.key !== key || entry.state === 'failed' || entry.errored > 0) return false;
  return folder.hashOfReport(entry.id) === entry.report;
}

async function gradeOne(setup: {
  submitted: Submitted;
  key: string;
  worker: Worker;
  options: ClassOptions;
}): Promise<JournalEntry> {
  const { submitted, key, worker, options } = setup;
  const { id, path } = submitted;
  const out = options.folder.of(id);
  mkdirSync(out, { recursive: true });
  const troubles: string[] = [];
  for (let attempts = 1; ; attempts++) {
    const attempt = await worker.grade({ path, out });
    const wrong = oursIn(attempt);
    troubles.push(...wrong);
    if (wrong.length > 0) {
      appendFileSync(join(out, 'log.txt'), wrong.map((line) => `attempt ${attempts}: ${line}\n`).join(''));
      // Whatever it was may still be in the process.
      await worker.close();
    }
    if (wrong.length > 0 && attempts < ATTEMPTS && !options.signal?.aborted) continue;
    if (attempt.kind === 'lost') {
      // A report that is there is of an earlier batch.
      const nothing = { report: '', score: 0, points: 0, errored: 0, seconds: 0, processorSeconds: 0 };
      return { id, key, state: 'failed', attempts, troubles, ...nothing };
    }
    const { state, score, points, errored, seconds, processorSeconds } = attempt.result;
    return {
      id,
      key,
      state: state === 'out-of-time' ? 'failed' : state,
      score,
      points,
      errored,
      attempts,
      seconds: round(seconds),
      processorSeconds: round(processorSeconds),
      report: options.folder.hashOfReport(id) ?? '',
      troubles: wrong.length > 0 ? troubles : [],
    };
  }
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
