import type { Check } from '../../grader/checks/index.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';

/**
 * What a check allows; none where it allows nothing or all.
 * @param isShown the limits of a property may be expected values, such as the class that is recognized
 */
function limitsOf(check: Check, isShown: boolean): string[] {
  switch (check.kind) {
    case 'tensor-close':
    case 'gradient-close':
      return [`values may differ by ${check.atol} + ${check.rtol}*|expected|`];
    case 'png-match':
      return [`of the pixels ${Number((100 * check.maxDifferentShare).toPrecision(3))} % may differ`];
    case 'property':
      return isShown
        ? check.holds.map(({ property, ...rest }) => `${property} ${JSON.stringify(rest)}`)
        : ['the limits of a property, which --reveal shows'];
    default:
      return [];
  }
}

/** How much of it was used, or why nothing can be said of that; undefined where nothing needs to be. */
function useOf({ used, outcome }: CheckResult): string | undefined {
  if (used !== undefined) {
    const times = used >= 10 ? Math.round(used) : Number(used.toPrecision(2));
    return `${times} times the tolerance${used <= 1 ? ', which is within it' : ''}`;
  }
  if (outcome === 'skipped') return 'nothing was compared: the check was skipped';
  if (outcome === 'failed') return 'nothing could be measured by it; the message says why';
  return undefined;
}

/** The tolerance of a check, and how much of it a submission used. */
export function toleranceLines(check: Check, result: CheckResult, isShown: boolean): string[] {
  const limits = limitsOf(check, isShown);
  if (limits.length === 0) return [];
  return [...limits, ...[useOf(result)].filter((line) => line !== undefined)];
}
