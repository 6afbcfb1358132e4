import type { Person } from '../sources/submitted.ts';
import { isFindable, isOurs, personRows, type GradedSubmission } from './class-result.ts';
import { csv } from './csv.ts';

const scoreOf = (one: GradedSubmission): number | '' => (isOurs(one) ? '' : one.entry.score);

/** A row for each person: who, score, and the points of each part. What failed through us has no score. */
export function plainCsv(graded: readonly GradedSubmission[]): string {
  const first = graded.find(({ report }) => report)?.report;
  const parts = first?.parts.map(({ id }) => id) ?? [];
  const row = (one: GradedSubmission, { name, sid, email }: Person) => [
    name,
    sid,
    email,
    one.submitted.id,
    one.submitted.at ?? '',
    one.entry.state,
    scoreOf(one),
    first?.points ?? '',
    ...parts.map((id) => one.report?.parts.find((part) => part.id === id)?.earned ?? ''),
  ];
  const head = ['Name', 'SID', 'Email', 'Submission', 'Submitted', 'State', 'Score', 'Points', ...parts];
  return csv([head, ...personRows(graded, row)]);
}

/** The rows of those whom another system can find: it stumbles over any other. */
function findableRows<T>(
  graded: readonly GradedSubmission[],
  rowOf: (one: GradedSubmission, person: Person) => T,
): T[] {
  return personRows(graded, (one, person) => (isFindable(person) ? [rowOf(one, person)] : [])).flat();
}

/** As Gradescope's own “Download Grades” has it. */
export function gradescopeCsv(graded: readonly GradedSubmission[]): string {
  const head = [
    'Name',
    'SID',
    'Email',
    'Total Score',
    'Max Points',
    'Status',
    'Submission ID',
    'Submission Time',
  ];
  const row = (one: GradedSubmission, { name, sid, email }: Person) => [
    name,
    sid,
    email,
    scoreOf(one),
    one.report?.points ?? '',
    isOurs(one) ? 'Ungraded' : 'Graded',
    one.submitted.id.replace(/^submission_/, ''),
    one.submitted.at ?? '',
  ];
  return csv([head, ...findableRows(graded, row)]);
}

/** As Canvas imports it: people are found by their SIS ids; the last column is the assignment. */
export function canvasCsv(graded: readonly GradedSubmission[]): string {
  const title = graded.find(({ report }) => report)?.report?.assignment.title ?? 'Assignment';
  const head = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', title];
  const row = (one: GradedSubmission, { name, sid, email }: Person) => [
    name,
    '',
    sid,
    email,
    '',
    scoreOf(one),
  ];
  return csv([head, ...findableRows(graded, row)]);
}
