import { isToldFromInside, type Incident } from '../format/incident.ts';
import {
  countIncidents,
  type CheckResult,
  type GradeReport,
  type PartResult,
} from '../report/grade-report.ts';
import type { Policy } from '../assignment/policy.ts';
import { clip } from './clip.ts';
import { NO_METADATA, type SubmissionMetadata } from './metadata.ts';
import { BEST, bestSoFar, madeBy, type Best } from './policy/best-package.ts';
import { settleScore } from './policy/settle-score.ts';
import { renderMessage } from './render-check.ts';
import { renderSummary } from './render-summary.ts';
import { gradescopeResults, type GradescopeResults, type GradescopeTest } from './results-schema.ts';
import { staffDataOf } from './staff-data.ts';
import { showingOf } from './visibility.ts';

export interface ResultsOptions {
  readonly policy?: Partial<Policy> | undefined;
  readonly metadata?: SubmissionMetadata | undefined;
  /** Put into `extra_data`, for staff. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

const MOST_INCIDENTS = 40;

/** The report as Gradescope's results.json. A pure function; the result always satisfies the schema. */
export function toGradescope(report: GradeReport, options: ResultsOptions = {}): GradescopeResults {
  const { policy = {}, metadata = NO_METADATA, extra = {} } = options;
  const settled = settleScore({ report, policy, metadata });
  const showing = (check: CheckResult, part: PartResult) => showingOf(check, part, policy.visibility);
  const tests = report.parts.flatMap((part, p) =>
    part.checks.map((check, c): GradescopeTest => ({
      ...testOf(check, part),
      ...renderMessage(check, policy.pictures),
      number: `${p + 1}.${c + 1}`,
      visibility: showing(check, part),
    })),
  );
  return gradescopeResults.parse({
    score: settled.score,
    // Whole seconds: how long private calls took is nothing to tell exactly.
    execution_time: Math.round(report.seconds),
    ...renderSummary({ report, settled, isVisible: (check, part) => showing(check, part) === 'visible' }),
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests,
    ...(report.leaderboard?.length ? { leaderboard: [...report.leaderboard] } : {}),
    extra_data: {
      assignment: report.assignment.id,
      state: report.state,
      submission_sha256: report.submission.sha256,
      earned: report.score,
      adjustments: settled.adjustments,
      ...report.environment,
      ...incidentsOf(report),
      staff: staffDataOf(report),
      ...(policy.keepBest ? { [BEST]: bestSoFar(ownScore(report, options), metadata) } : {}),
      ...extra,
    },
  });
}

/** What this submission has without earlier ones, and the package that grades it. */
function ownScore(report: GradeReport, { policy = {}, metadata = NO_METADATA, extra }: ResultsOptions): Best {
  const { score } = settleScore({ report, policy: { ...policy, keepBest: false }, metadata });
  return madeBy(score, extra?.package_sha256);
}

/**
 * Gradescope shows `extra_data` to nobody but staff. The first ones, so that it stays small; what submitted code may
 * have made up comes last.
 */
function incidentsOf(report: GradeReport): { incidents?: { count: number; first: readonly Incident[] } } {
  const count = countIncidents(report);
  const surestFirst = report.incidents.toSorted(
    (a, b) => Number(isToldFromInside(a.kind)) - Number(isToldFromInside(b.kind)),
  );
  return count === 0 ? {} : { incidents: { count, first: surestFirst.slice(0, MOST_INCIDENTS) } };
}

function testOf(check: CheckResult, part: PartResult): GradescopeTest {
  const bonus = check.bonus ? ' (bonus)' : '';
  return {
    name: clip(`${part.title}: ${check.title}${bonus}`, 1000),
    score: check.earned,
    // Points beyond the assignment's total would otherwise raise the total itself.
    max_score: check.bonus ? 0 : check.points,
    status: check.outcome === 'passed' ? 'passed' : 'failed',
    extra_data: { check: `${check.part}/${check.id}`, outcome: check.outcome, half: check.half },
  };
}
