import type { StepReport } from '../../models/training/train-network.ts';
import { startProgress } from '../terminal/progress.ts';

/** Steps whose mean is shown: a single batch says little. */
const WINDOW = 25;

/** Shows the step, and mean loss and accuracy of the last ones. `from` is the step that the run begins after. */
export function startTrainingProgress(name: string, { steps, from }: { steps: number; from: number }) {
  const progress = startProgress({ title: name, total: steps, from });
  const recent: StepReport[] = [];
  return {
    at(report: StepReport): void {
      recent.push(report);
      if (recent.length > WINDOW) recent.shift();
      const mean = (of: (one: StepReport) => number): number =>
        recent.reduce((sum, one) => sum + of(one), 0) / recent.length;
      const loss = mean((one) => one.loss).toFixed(3);
      const accuracy = (100 * mean((one) => one.accuracy)).toFixed(1);
      progress.at(report.step, `loss ${loss}, right ${accuracy}%`);
    },
    end: () => progress.end(),
  };
}
