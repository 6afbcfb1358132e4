import { compareWithTorch, type OracleReport } from '../../authoring/oracles/compare-with-torch.ts';
import { TOLERANCE, type ComparedCall } from '../../authoring/oracles/compare-call.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { courseAt } from '../options/course.ts';
import { startProgress, type Progress } from '../terminal/progress.ts';
import { renderTable } from '../terminal/table.ts';

const scientific = (value: number): string => (value === 0 ? '0' : value.toExponential(1));

function worstOf(calls: readonly ComparedCall[]): ComparedCall {
  return calls.reduce((a, b) => (b.error > a.error ? b : a));
}

/** A row for each function. */
function summary({ calls }: OracleReport): string {
  const names = [...new Set(calls.map(({ name }) => name))];
  return renderTable(
    [
      { name: 'function' },
      { name: 'calls', align: 'right' },
      { name: 'values', align: 'right' },
      { name: 'within', align: 'right' },
      { name: 'largest error', align: 'right' },
      { name: 'in' },
      { name: 'ReLUs', align: 'right' },
      { name: 'flipped', align: 'right' },
    ],
    names.map((name) => {
      const of = calls.filter((call) => call.name === name);
      const worst = worstOf(of);
      const within = of.filter(({ agreement }) => agreement === 'agrees').length;
      const sum = (what: 'values' | 'gates' | 'flips'): number =>
        of.reduce((total, one) => total + one[what], 0);
      const where = worst.error === 0 ? '' : worst.id;
      return [
        name,
        of.length,
        sum('values'),
        within,
        scientific(worst.error),
        where,
        sum('gates'),
        sum('flips'),
      ];
    }),
  );
}

/** A row for each call that does not agree. */
function exceptions(calls: readonly ComparedCall[]): string {
  return renderTable(
    [
      { name: 'call' },
      { name: 'values apart', align: 'right' },
      { name: 'of', align: 'right' },
      { name: 'error', align: 'right' },
      { name: 'by rounding', align: 'right' },
      { name: 'ReLUs flipped', align: 'right' },
      { name: 'of', align: 'right' },
      { name: '' },
    ],
    calls.map(({ id, apart, values, error, spread, flips, gates, agreement }) => [
      id,
      apart,
      values,
      scientific(error),
      scientific(spread),
      flips,
      gates,
      agreement,
    ]),
  );
}

/** Which assignment, and what of it. */
export interface ShowOptions {
  /** Folder of a course; default: the one that comes with this project. */
  readonly course?: string;
  /** All that the reference returns, of which fixtures hold only what checks compare. */
  readonly whole?: boolean;
}

/** Computes an assignment in PyTorch and prints how far apart the two are. @throws FindingError where they differ */
export async function showOracles(parts: readonly string[], options: ShowOptions): Promise<void> {
  const { halves, template, example } = await courseAt(options.course);
  let progress: Progress | undefined;
  let report: OracleReport;
  try {
    report = await compareWithTorch({
      halves,
      template,
      submission: options.whole ? example : undefined,
      parts: parts.length > 0 ? parts : undefined,
      onBegin: (total) => (progress = startProgress({ title: 'cases', total })),
      onCase: (done, name) => progress?.at(done, name),
    });
  } finally {
    progress?.end();
  }
  print(report);
  const wrong = report.calls.filter(({ agreement }) => agreement === 'differs');
  if (wrong.length > 0)
    throw new FindingError(`${wrong.length} of ${report.calls.length} calls differ from PyTorch`);
}

function print(report: OracleReport): void {
  const { calls, torch, unknown, leftOut } = report;
  console.log(`PyTorch ${torch}, double precision; errors relative to the largest magnitude of a tensor`);
  console.log(summary(report));
  const odd = calls.filter(({ agreement }) => agreement !== 'agrees');
  if (odd.length > 0) console.log(`further apart than ${TOLERANCE}:\n${exceptions(odd)}`);
  if (unknown > 0)
    console.log(
      `${unknown} more calls could be computed, of which the fixtures hold nothing; --whole compares them`,
    );
  if (leftOut.length > 0) console.log(`not computed: ${leftOut.join(', ')}`);
}
