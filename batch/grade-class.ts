import { hashSubmission } from './sources/content-hash.ts';
import type { Submitted } from './sources/submitted.ts';
import type { BatchFolder } from './store/batch-folder.ts';
import { recordChecks, writeRecord, type BatchRecord } from './store/batch-record.ts';
import { gradingOf, keyOf } from './store/grading-key.ts';
import type { Journal, JournalEntry } from './store/journal.ts';
import type { GradingSettings } from './workers/messages.ts';
import { gradeSubmission } from './workers/grade-submission.ts';
import { Worker } from './workers/worker.ts';

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
  /** How often each is graded, to see whether its checks end the same way. */
  readonly runs: number;
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
    if (
      !options.again &&
      stands({ entry: journal.entries.get(submitted.id), key, folder, runs: options.runs })
    )
      kept++;
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

function stands(setup: {
  entry: JournalEntry | undefined;
  key: string;
  folder: BatchFolder;
  runs: number;
}): boolean {
  const { entry, key, folder, runs } = setup;
  if (entry?.key !== key || entry.state === 'failed' || entry.errored > 0 || entry.runs < runs) return false;
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
  const { folder, runs, signal } = options;
  const { kept, ...ended } = await gradeSubmission({
    ...{ path, worker, runs, signal, out: folder.of(id) },
    attempts: ATTEMPTS,
  });
  return { id, key, ...ended, report: (kept ? folder.hashOfReport(id) : undefined) ?? '' };
}
