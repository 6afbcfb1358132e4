import type { GradeAll, Todo } from './grade-all.ts';
import { hashSubmission, type HashOf } from './sources/content-hash.ts';
import type { Submitted } from './sources/submitted.ts';
import type { BatchFolder } from './store/batch-folder.ts';
import { recordChecks, writeRecord, type BatchRecord } from './store/batch-record.ts';
import { gradingOf, keyOf } from './store/grading-key.ts';
import type { Journal, JournalEntry } from './store/journal.ts';
import type { GradingSettings } from './workers/messages.ts';

/** Where the work on a class is. */
export interface ClassProgress {
  readonly done: number;
  readonly total: number;
  /** Of those done, how many had a result that stands. */
  readonly kept: number;
  readonly failed: number;
  /** Nobody is there who could grade the rest. */
  readonly isWaiting: boolean;
}

/** What is looked at before anything is graded. */
export interface ClassReading {
  readonly read: number;
  readonly total: number;
  /** Of those read, how many have a result that stands. */
  readonly kept: number;
}

export interface ClassOptions {
  /** All of the class: what an earlier run graded of others does not count any more. */
  readonly everyone: readonly Submitted[];
  /** Those to grade now. */
  readonly submissions: readonly Submitted[];
  readonly folder: BatchFolder;
  readonly journal: Journal;
  readonly settings: GradingSettings;
  readonly gradeAll: GradeAll;
  /** How often each is graded, to see whether its checks end the same way. */
  readonly runs: number;
  /** Grade also what has a result that stands. */
  readonly again?: boolean;
  /** Default: `hashSubmission`. */
  readonly hashOf?: HashOf;
  /** Told before each submission is looked at, and once all are. */
  readonly onReading?: (reading: ClassReading) => void;
  readonly onProgress?: (progress: ClassProgress) => void;
  readonly onNote?: (line: string) => void;
  /** Ends the work after what is recorded so far. */
  readonly signal?: AbortSignal;
}

/** Grades what has no result that stands, and records each in the journal. */
export async function gradeClass(options: ClassOptions): Promise<ClassProgress> {
  const { submissions, folder, journal, settings, signal, hashOf = hashSubmission } = options;
  const grading = gradingOf(settings);
  const todo: Todo[] = [];
  let kept = 0;
  let failed = 0;
  const record: BatchRecord['submissions'] = {};
  const tellRead = (): void =>
    options.onReading?.({ read: kept + todo.length, total: submissions.length, kept });
  for (const submitted of submissions) {
    tellRead();
    const content = await hashOf(submitted.path);
    const key = keyOf(content, grading);
    record[submitted.id] = { content, people: [...submitted.people] };
    if (
      !options.again &&
      stands({ entry: journal.entries.get(submitted.id), key, folder, runs: options.runs })
    )
      kept++;
    else todo.push({ submitted, key });
  }
  tellRead();
  const now = { checks: recordChecks(settings.assignment), submissions: record };
  writeRecord(folder, grading, now, new Set(options.everyone.map(({ id }) => id)));
  let done = kept;
  let isWaiting = false;
  const tell = (): ClassProgress => {
    const progress = { done, total: submissions.length, kept, failed, isWaiting };
    options.onProgress?.(progress);
    return progress;
  };
  tell();
  await options.gradeAll({
    ...{ todo, folder, settings, signal, runs: options.runs, again: options.again ?? false },
    onNote: options.onNote ?? (() => undefined),
    onWaiting: (now) => {
      isWaiting = now;
      tell();
    },
    onEnded: ({ submitted: { id }, key }, { kept: hasResults, ...ended }) => {
      const entry = { id, key, ...ended, report: (hasResults ? folder.hashOfResults(id) : undefined) ?? '' };
      journal.add(entry);
      done++;
      // Whoever graded it is there, though nobody has looked since.
      isWaiting = false;
      if (entry.state === 'failed' || entry.errored > 0) {
        failed++;
        options.onNote?.(`${id}: ${entry.troubles[0] ?? 'could not be judged'}`);
      }
      tell();
    },
  });
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
  return folder.hashOfResults(entry.id) === entry.report;
}
