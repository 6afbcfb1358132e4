import { addPoints } from '../../grader/report/grade-report.ts';
import { readReport, type KeptReport } from '../outputs/kept-report.ts';
import { readJournal, type JournalEntry } from '../store/journal.ts';
import { BatchFolder } from '../store/batch-folder.ts';
import { readRecord, type BatchRecord } from '../store/batch-record.ts';
import { comparable, type GradedOnce, type LeftOutPart, type Which } from './left-out-parts.ts';

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
  /** Points of what both batches graded, and so is the next one. */
  readonly before: number;
  readonly after: number;
  readonly checks: readonly ChangedCheck[];
}

export interface Comparison {
  /** Those who lose most first. */
  readonly changed: readonly ChangedScore[];
  readonly same: number;
  readonly leftOut: readonly LeftOutPart[];
  /** In one batch only, or without a result that can be trusted in one of them, or with no part in common. */
  readonly notCompared: readonly { readonly id: string; readonly why: string }[];
}

interface Batch {
  readonly which: Which;
  readonly folder: BatchFolder;
  readonly record: BatchRecord;
  readonly entries: ReadonlyMap<string, JournalEntry>;
}

type Pair<T> = readonly [T, T];

function open(which: Which, root: string): Batch {
  const folder = new BatchFolder(root);
  const record = readRecord(folder);
  // A journal forgets nobody; who has left the class since stands in the record no more.
  const entries = [...readJournal(folder.journal)].filter(([id]) => Object.hasOwn(record.submissions, id));
  return { which, folder, record, entries: new Map(entries) };
}

function pointsByCheck(parts: KeptReport['parts']): Map<string, number> {
  return new Map(parts.flatMap((part) => part.checks.map(({ id, earned }) => [`${part.id}/${id}`, earned])));
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

function changedChecks(
  id: string,
  [older, newer]: Pair<Batch>,
  parts: Pair<KeptReport['parts']>,
): ChangedCheck[] {
  const [before, after] = parts.map(pointsByCheck);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((check) => {
    const change = { check, before: before.get(check) ?? 0, after: after.get(check) ?? 0 };
    if (change.before === change.after) return [];
    return [{ ...change, cause: causeOf(check, id, older.record, newer.record) }];
  });
}

const isTrusted = (entry: JournalEntry | undefined): boolean =>
  entry !== undefined && entry.state !== 'failed' && entry.errored === 0;

/** Why there are no two results of a submission, or undefined. */
function whyNotCompared(id: string, [older, newer]: Pair<Batch>): string | undefined {
  const without = [newer, older].find(({ entries }) => !isTrusted(entries.get(id)));
  if (!without) return undefined;
  return `${without.entries.has(id) ? 'could not be judged in' : 'not in'} the ${without.which} batch`;
}

function readGraded(id: string, { which, folder, record }: Batch): GradedOnce {
  return { which, record, report: readReport(folder.reportOf(id)) };
}

/**
 * Who gains and who loses from one batch to another, and by which check.
 * @throws UsageError when a folder holds no batch
 */
export function compareBatches(oldRoot: string, newRoot: string): Comparison {
  const batches: Pair<Batch> = [open('old', oldRoot), open('new', newRoot)];
  const [older, newer] = batches;
  const changed: ChangedScore[] = [];
  const notCompared: { id: string; why: string }[] = [];
  const leftOut = new Map<string, LeftOutPart>();
  let same = 0;
  for (const id of [...new Set([...older.entries.keys(), ...newer.entries.keys()])].sort()) {
    const why = whyNotCompared(id, batches);
    if (why !== undefined) {
      notCompared.push({ id, why });
      continue;
    }
    const { before, after, leftOut: parts } = comparable(readGraded(id, older), readGraded(id, newer));
    for (const one of parts) {
      const key = `${one.in} ${one.part}`;
      leftOut.set(key, { ...one, submissions: (leftOut.get(key)?.submissions ?? 0) + 1 });
    }
    if (parts.length > 0 && before.parts.length + after.parts.length === 0) {
      notCompared.push({ id, why: 'no part was graded in both batches' });
      continue;
    }
    if (before.score === after.score) {
      same++;
      continue;
    }
    const checks = changedChecks(id, batches, [before.parts, after.parts]);
    const names = newer.record.submissions[id].people.map(({ name }) => name);
    changed.push({ id, names, before: before.score, after: after.score, checks });
  }
  const gain = ({ before, after }: ChangedScore): number => addPoints([after, -before]);
  return {
    changed: changed.toSorted((a, b) => gain(a) - gain(b)),
    same,
    leftOut: [...leftOut.values()],
    notCompared,
  };
}
