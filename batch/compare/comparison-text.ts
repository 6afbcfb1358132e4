import { printable } from '../../grader/format/printable.ts';
import { addPoints } from '../../grader/report/grade-report.ts';
import { csv } from '../outputs/csv.ts';
import type { Comparison } from './compare-batches.ts';

const verb = (count: number, many: string): string => `${count} ${many}${count === 1 ? 's' : ''}`;
const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));

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

/** Who loses, who gains, by which checks and why; for a terminal. */
export function comparisonText({ changed, same, notCompared }: Comparison): string {
  const lines = changed.flatMap(({ id, names, before, after, checks }) => [
    `${signed(addPoints([after, -before])).padStart(8)}  ${id}${names.length > 0 ? ` (${printable(names.join(', '))})` : ''}: ${before} to ${after}`,
    ...checks.map(
      (one) => `          ${signed(addPoints([one.after, -one.before]))} ${one.check} (${one.cause})`,
    ),
  ]);
  const losing = changed.filter(({ before, after }) => after < before).length;
  return [
    ...lines,
    ...notCompared.map(({ id, why }) => `          ${id}: ${why}`),
    `${verb(losing, 'lose')}, ${verb(changed.length - losing, 'gain')}, ${same} ${same === 1 ? 'keeps its' : 'keep their'} score${notCompared.length > 0 ? `, ${notCompared.length} could not be compared` : ''}.`,
  ].join('\n');
}
