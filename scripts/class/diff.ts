import { resolve } from 'node:path';
import { compareBatches } from '../../batch/compare/compare-batches.ts';
import { comparisonCsv, comparisonText, leftOutLines } from '../../batch/compare/comparison-text.ts';
import { isBatch } from '../../batch/store/batch-folder.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { counted } from '../../grader/format/counted.ts';
import { UsageError } from '../../grader/format/errors.ts';

/** Prints what changed from one batch to another. */
export function printComparison(
  older: string,
  newer: string,
  options: { csv?: boolean; failOnLoss?: boolean },
): void {
  for (const folder of [older, newer]) {
    if (!isBatch(folder)) {
      throw new UsageError(`${folder} holds no batch: name what --out named when the class was graded`);
    }
  }
  const comparison = compareBatches(resolve(older), resolve(newer));
  if (options.csv) {
    process.stdout.write(comparisonCsv(comparison));
    for (const line of leftOutLines(comparison)) console.error(line);
  } else console.log(comparisonText(comparison));
  const losing = comparison.changed.filter(({ before, after }) => after < before).length;
  if (options.failOnLoss && losing > 0) {
    throw new FindingError(`${counted(losing, 'submission')} ${losing === 1 ? 'loses' : 'lose'} points`);
  }
}
