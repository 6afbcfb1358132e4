import { counted } from '../../grader/format/counted.ts';
import { printable } from '../../grader/format/printable.ts';
import { addPoints } from '../../grader/report/grade-report.ts';
import { csv } from '../outputs/csv.ts';
import { partOf } from '../store/batch-record.ts';
import type { ChangedCheck, ChangedScore, Comparison } from './compare-batches.ts';

/** One broken import moves every check of its file; so many of one student's are printed. */
const MOST_CHECKS = 6;
const INDENT = ' '.repeat(10);

const verb = (count: number, many: string): string => `${count} ${many}${count === 1 ? 's' : ''}`;
const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));
const gainOf = ({ before, after }: Pick<ChangedCheck, 'before' | 'after'>): number =>
  addPoints([after, -before]);

/** A row for each check that moved somebody's score. */
export function comparisonCsv({ changed }: Comparison): string {
  const rows = changed.flatMap(({ id, names, before, after, checks }) =>
    checks.map((one) => [id, names.join('; '), before, after, one.check, one.before, one.after, one.cause]),
  );
  const head = [
    'Submission',
    'Who',
    'Old score',
    'New score',
    'Check',
    'Old points',
    'New points',
    'Because of',
  ];
  return csv([head, ...rows]);
}

/** A line for each part: what its checks come to, and why. */
function partLines(checks: readonly ChangedCheck[]): string[] {
  return [...new Set(checks.map(({ check }) => partOf(check)))].map((part) => {
    const ones = checks.filter(({ check }) => partOf(check) === part);
    const causes = [...new Set(ones.map(({ cause }) => cause))].join(', ');
    return `${signed(addPoints(ones.map(gainOf)))} ${part}: ${counted(ones.length, 'check')} (${causes})`;
  });
}

/** Where there are many, the parts first, and then those checks that moved most. */
function checkLines(checks: readonly ChangedCheck[]): string[] {
  const largest = checks.toSorted((a, b) => Math.abs(gainOf(b)) - Math.abs(gainOf(a))).slice(0, MOST_CHECKS);
  const more = checks.length - largest.length;
  return [
    ...(more > 0 ? partLines(checks) : []),
    ...largest.map((one) => `${signed(gainOf(one))} ${one.check} (${one.cause})`),
    ...(more > 0 ? [`and ${counted(more, 'check')} more: --csv has all`] : []),
  ];
}

function scoreLines(one: ChangedScore): string[] {
  const { id, names, before, after, checks } = one;
  const who = names.length > 0 ? ` (${printable(names.join(', '))})` : '';
  return [
    `${signed(gainOf(one)).padStart(8)}  ${id}${who}: ${before} to ${after}`,
    ...checkLines(checks).map((line) => `${INDENT}${line}`),
  ];
}

/** Which parts only one batch graded: a line for each batch that left some out. */
export function leftOutLines({ leftOut }: Comparison): string[] {
  return (['new', 'old'] as const).flatMap((batch) => {
    const parts = leftOut.filter((one) => one.in === batch);
    if (parts.length === 0) return [];
    const all = parts.map(({ part, submissions }) => `${part} (${counted(submissions, 'submission')})`);
    return [`Not graded in the ${batch} batch, and so not compared: ${all.join(', ')}.`];
  });
}

/** Who loses, who gains, by which checks and why; for a terminal. */
export function comparisonText(comparison: Comparison): string {
  const { changed, same, notCompared } = comparison;
  const losing = changed.filter((one) => gainOf(one) < 0).length;
  return [
    ...changed.flatMap(scoreLines),
    ...notCompared.map(({ id, why }) => `${INDENT}${id}: ${why}`),
    ...leftOutLines(comparison),
    `${verb(losing, 'lose')}, ${verb(changed.length - losing, 'gain')}, ${same} ${same === 1 ? 'keeps its' : 'keep their'} score${notCompared.length > 0 ? `, ${notCompared.length} could not be compared` : ''}.`,
  ].join('\n');
}
