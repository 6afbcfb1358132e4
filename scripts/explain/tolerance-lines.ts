import type { Check } from '../../grader/checks/index.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';
import { hasScale, propertyLines } from './property-words.ts';

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
      return isShown ? propertyLines(check) : ['the limits of a property, which --reveal shows'];
    default:
      return [];
  }
}

const isOfScale = (check: Check): boolean => check.kind !== 'property' || check.holds.some(hasScale);

/** Where it stands why nothing was measured. */
function whereWhy({ half, staffOnly }: CheckResult, isShown: boolean): string {
  if (half === 'public' || !staffOnly) return 'the message says why';
  return isShown ? 'the message to the staff says why' : 'the message says why, as far as students may know';
}

/** How much of it was used, or why nothing can be said of that; undefined where nothing needs to be. */
function useOf(check: Check, result: CheckResult, isShown: boolean): string | undefined {
  const { used, outcome } = result;
  if (used !== undefined) {
    const times = used >= 10 ? Math.round(used) : Number(used.toPrecision(2));
    return `${times} times the tolerance${used <= 1 ? ', which is within it' : ''}`;
  }
  if (outcome === 'skipped') return 'nothing was compared: the check was skipped';
  if (outcome !== 'failed') return undefined;
  return isOfScale(check) || !isShown
    ? `nothing could be measured by it; ${whereWhy(result, isShown)}`
    : 'it holds or does not: how far off the values are has no measure';
}

/** The tolerance of a check, and how much of it a submission used. */
export function toleranceLines(check: Check, result: CheckResult, isShown: boolean): string[] {
  const limits = limitsOf(check, isShown);
  if (limits.length === 0) return [];
  return [...limits, ...[useOf(check, result, isShown)].filter((line) => line !== undefined)];
}
