import type { CheckResult, PartResult } from '../report/grade-report.ts';
import type { Showing, VisibilityRule } from '../assignment/policy.ts';

/** When a check's result is shown: what the first rule that matches says. */
export function showingOf(
  check: Pick<CheckResult, 'half'>,
  part: Pick<PartResult, 'id' | 'group'>,
  rules: readonly VisibilityRule[] = [],
): Showing {
  const matches = (rule: VisibilityRule): boolean =>
    (rule.half === undefined || rule.half === check.half) &&
    (rule.group === undefined || rule.group === part.group) &&
    (rule.part === undefined || rule.part === part.id);
  return rules.find(matches)?.show ?? 'visible';
}
