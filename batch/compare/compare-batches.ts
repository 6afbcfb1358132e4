import { addPoints } from '../../grader/report/grade-report.ts';
import { readReport, type KeptReport } from '../outputs/kept-report.ts';
import { readJournal, type JournalEntry } from '../store/journal.ts';
import { BatchFolder } from '../store/batch-folder.ts';
import { readRecord, type BatchRecord } from '../store/batch-record.ts';

/** Why a check ended otherwise, as far as it can be told: what differs of what its verdict depends on. */
export type Cause =
  'submission' | 'rule' | 'tolerance' | 'fixtures' | 'new check' | 'check removed' | 'engine';

/** A check that gave other points than before. */
export interface ChangedCheck {
  /** `part/check`. */
  readonly check: string;
  readonly before: number;
  readonly after: number;
  readonly cause: Cause;
}

/** A submission whose score differs. */
export interface ChangedScore {
  readonly id: string;
  readonly names: readonly string[];
  readonly before: number;
  readonly after: number;
  readonly checks: readonly ChangedCheck[];
}

export interface Comparison {
  /** Those who lose most first. */
  readonly changed: readonly ChangedScore[];
  readonly same: number;
  /** In one batch only, or without a result that can be trusted in one of them. */
  readonly notCompared: readonly { readonly id: string; readonly why: string }[];
}

interface Batch {
  readonly folder: BatchFolder;
  readonly record: BatchRecord;
  readonly entries: ReadonlyMap<string, JournalEntry>;
}

function open(root: string): Batch {
  const folder = new BatchFolder(root);
  const record = readRecord(folder);
  // A journal forgets nobody; who has left the class since stands in the record no more.
  const entries = [...readJournal(folder.journal)].filter(([id]) => Object.hasOwn(record.submissions, id));
  return { folder, record, entries: new Map(entries) };
}

function pointsByCheck(report: KeptReport): Map<string, number> {
  return new Map(
    report.parts.flatMap((part) => part.checks.map(({ id, earned }) => [`${part.id}/${id}`, earned])),
  );
}

function causeOf(check: string, id: string, older: BatchRecord, newer: BatchRecord): Cause {
  const [before, after] = [older.checks[check], newer.checks[check]];
  if (!before) return 'new check';
  if (!after) return 'check removed';
  if (older.submissions[id]?.content !== newer.submissions[id]?.content) return 'submission';
  if (before.rule !== after.rule) return 'rule';
  if (before.tolerance !== after.tolerance) return 'tolerance';
  if (before.fixtures !== after.fixtures) return 'fixtures';
  return 'engine';
}

function changedChecks(id: string, older: Batch, newer: Batch): ChangedCheck[] {
  const [before, after] = [older, newer].map(({ folder }) => pointsByCheck(readReport(folder.reportOf(id))));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((check) => {
    const change = { check, before: before.get(check) ?? 0, after: after.get(check) ?? 0 };
    if (change.before === change.after) return [];
    return [{ ...change, cause: causeOf(check, id, older.record, newer.record) }];
  });
}

const isTrusted = (entry: JournalEntry | undefined): entry is JournalEntry =>
  entry !== undefined && entry.state !== 'failed' && entry.errored === 0;

/**
 * Who gains and who loses from one batch to another, and by which check.
 * @throws GraderError when a folder holds no batch
 */
export function compareBatches(oldRoot: string, newRoot: string): Comparison {
  const [older, newer] = [open(oldRoot), open(newRoot)];
  const changed: ChangedScore[] = [];
  const notCompared: { id: string; why: string }[] = [];
  let same = 0;
  for (const id of [...new Set([...older.entries.keys(), ...newer.entries.keys()])].sort()) {
    const [before, after] = [older.entries.get(id), newer.entries.get(id)];
    if (!isTrusted(before) || !isTrusted(after)) {
      const where = isTrusted(before) ? 'new' : 'old';
      const missing = (where === 'new' ? after : before) === undefined;
      notCompared.push({ id, why: `${missing ? 'not in' : 'could not be judged in'} the ${where} batch` });
      continue;
    }
    if (before.report === after.report || before.score === after.score) {
      same++;
      continue;
    }
    const people = (newer.record.submissions[id] ?? older.record.submissions[id])?.people ?? [];
    changed.push({
      id,
      names: people.map(({ name }) => name),
      before: before.score,
      after: after.score,
      checks: changedChecks(id, older, newer),
    });
  }
  const gain = ({ before, after }: ChangedScore): number => addPoints([after, -before]);
  return { changed: changed.toSorted((a, b) => gain(a) - gain(b)), same, notCompared };
}
