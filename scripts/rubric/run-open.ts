import type { Amount } from '../../authoring/calibration/measure.ts';
import { JudgingBench } from '../../authoring/judging/bench.ts';
import type { PartDefinition } from '../../grader/assignment/define.ts';
import { startProgress } from '../terminal/progress.ts';

/** Work on parts that is recorded, run by run. */
export interface RecordedWork {
  /** What its runs are: `mutants`. */
  readonly what: string;
  readonly amountOf: (part: PartDefinition) => Amount;
  /** Runs what is not recorded of a part. */
  readonly run: (
    part: PartDefinition,
    bench: JudgingBench,
    onRun: (name: string) => void,
  ) => Promise<unknown>;
}

/** Runs what is not recorded of some parts, in one sandbox, with progress on standard error. */
export async function runOpen(parts: readonly PartDefinition[], work: RecordedWork): Promise<void> {
  const amounts = parts.map(work.amountOf);
  const total = amounts.reduce((sum, amount) => sum + amount.total, 0);
  let done = amounts.reduce((sum, amount) => sum + amount.known, 0);
  const progress = startProgress({ title: work.what, total, from: done });
  const bench = new JudgingBench();
  try {
    for (const part of parts) await work.run(part, bench, (name) => progress.at(++done, name));
  } finally {
    progress.end();
    await bench.close();
  }
}

/** Says on standard error of which parts not all is recorded as they are now. */
export function tellOpen(
  parts: readonly PartDefinition[],
  { amountOf, what }: Pick<RecordedWork, 'amountOf' | 'what'>,
): void {
  for (const part of parts) {
    const { total, known } = amountOf(part);
    if (known < total)
      console.error(`${part.id}: ${total - known} of ${total} ${what} are not recorded as they are now`);
  }
}
