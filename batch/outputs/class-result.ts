import type { Person, Submitted } from '../sources/submitted.ts';
import type { BatchFolder } from '../store/batch-folder.ts';
import type { JournalEntry } from '../store/journal.ts';
import { readReport, type KeptReport } from './kept-report.ts';

/** A submission with what became of it. */
export interface GradedSubmission {
  readonly submitted: Submitted;
  readonly entry: JournalEntry;
  /** Undefined where no attempt left one. */
  readonly report?: KeptReport;
}

/**
 * The submissions that have a result, those first that failed through us, then by id.
 * @param onRead told of how many the results have been read
 */
export function classResult(
  submissions: readonly Submitted[],
  entries: ReadonlyMap<string, JournalEntry>,
  folder: BatchFolder,
  onRead: (read: number, total: number) => void = () => undefined,
): GradedSubmission[] {
  const graded = submissions.flatMap((submitted, at): GradedSubmission[] => {
    onRead(at, submissions.length);
    const entry = entries.get(submitted.id);
    if (!entry) return [];
    const report = entry.report === '' ? {} : { report: readReport(folder.reportOf(submitted.id)) };
    return [{ submitted, entry, ...report }];
  });
  onRead(submissions.length, submissions.length);
  return graded.sort((a, b) => Number(isOurs(b)) - Number(isOurs(a)));
}

/** Whether the result is wrong, or missing, through us. */
export function isOurs({ entry }: GradedSubmission): boolean {
  return entry.state === 'failed' || entry.errored > 0;
}

/** Whether it could not be graded as it was submitted. */
export function isRefused({ entry }: GradedSubmission): boolean {
  return entry.state === 'refused';
}

/** What its student reads in the place of results. */
export function whyRefused({ report }: GradedSubmission): string {
  return report?.refusal ?? 'its report does not say why';
}

/**
 * Whether no check found anything to judge: an empty start, or not a submission at all. Where parts were left out,
 * somebody may have begun with those: then it is what holds no work of anybody's.
 * @param leftOut parts that were not graded of all
 */
export function nothingTried({ entry, report }: GradedSubmission, leftOut: readonly string[]): boolean {
  const parts = report?.parts ?? [];
  const checks = parts.flatMap((part) => part.checks);
  const isWhole = leftOut.every((id) => parts.some((part) => part.id === id));
  const { files = 0, untouched = false } = report?.submission ?? {};
  return (
    entry.state === 'graded' &&
    (isWhole || files === 0 || untouched) &&
    checks.length > 0 &&
    checks.every(({ outcome }) => outcome === 'not-attempted' || outcome === 'skipped')
  );
}

/**
 * The parts of the assignment that were not graded, be it of one submission alone, in the order of the assignment.
 * @param assigned the ids of all its parts
 */
export function partsLeftOut(graded: readonly GradedSubmission[], assigned: readonly string[]): string[] {
  const reports = graded.flatMap(({ report }) => report ?? []);
  return assigned.filter((id) => reports.some(({ parts }) => !parts.some((part) => part.id === id)));
}

/** A row for each person who submitted; one without a name where the source names nobody. */
export function personRows<T>(
  graded: readonly GradedSubmission[],
  rowOf: (one: GradedSubmission, person: Person) => T,
): T[] {
  return graded.flatMap((one) => {
    const { people, id } = one.submitted;
    return (people.length > 0 ? people : [{ name: id, sid: '', email: '' }]).map((person) =>
      rowOf(one, person),
    );
  });
}

/** Whether Gradescope or Canvas could find somebody. */
export const isFindable = ({ sid, email }: Person): boolean => sid.trim() !== '' || email.trim() !== '';

/** How the rows of the grades stand to other systems. */
export interface RowsToUpload {
  /** How many can be uploaded. */
  readonly findable: number;
  /** Who has one that cannot: the submission, or the name and the submission. */
  readonly others: readonly string[];
}

/** Whether there are tables for Gradescope and Canvas: parts that were left out would overwrite everybody's grade. */
export const hasUploads = (leftOut: readonly string[], { findable }: RowsToUpload): boolean =>
  leftOut.length === 0 && findable > 0;

export function rowsToUpload(graded: readonly GradedSubmission[]): RowsToUpload {
  const rows = personRows(graded, ({ submitted: { id } }, person) => {
    if (isFindable(person)) return undefined;
    return person.name === '' || person.name === id ? id : `${person.name} (${id})`;
  });
  const others = rows.filter((one) => one !== undefined);
  return { findable: rows.length - others.length, others };
}
