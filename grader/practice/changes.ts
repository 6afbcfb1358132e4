import type { CheckResult, GradeReport } from '../report/grade-report.ts';

/** A check that ended otherwise than before. */
export interface ChangedCheck {
  readonly check: CheckResult;
  readonly before: CheckResult['outcome'];
}

/** The checks whose outcome or message differs between two reports, and how many do not. */
export function changesBetween(
  before: GradeReport,
  after: GradeReport,
): { changed: readonly ChangedCheck[]; same: number } {
  const checks = ({ parts }: GradeReport): CheckResult[] => parts.flatMap((part) => part.checks);
  const name = ({ part, id }: CheckResult): string => `${part}/${id}`;
  const known = new Map(checks(before).map((check) => [name(check), check]));
  const changed: ChangedCheck[] = [];
  let same = 0;
  for (const check of checks(after)) {
    const was = known.get(name(check));
    if (!was) continue;
    const differs = was.outcome !== check.outcome || was.message.join('\n') !== check.message.join('\n');
    if (differs) changed.push({ check, before: was.outcome });
    else same += 1;
  }
  return { changed, same };
}
