import type { GradedSubmission } from './class-result.ts';

/** A line of JSON for each submission: who, when, score, and how every check ended. */
export function resultsJsonl(graded: readonly GradedSubmission[]): string {
  return graded
    .map(({ submitted: { id, people, at }, entry, report }) => {
      const { state, score, errored, attempts, runs, flaky, seconds, processorSeconds, troubles } = entry;
      const checks = report?.parts.flatMap((part) =>
        part.checks.map((check) => [
          `${part.id}/${check.id}`,
          { outcome: check.outcome, earned: check.earned },
        ]),
      );
      return `${JSON.stringify({
        id,
        people,
        ...(at === undefined ? {} : { at }),
        state,
        score,
        points: report?.points ?? 0,
        errored,
        attempts,
        runs,
        flaky,
        incidents: (report?.incidents ?? []).reduce((sum, { count }) => sum + count, 0),
        seconds,
        processorSeconds,
        troubles,
        checks: Object.fromEntries(checks ?? []),
      })}\n`;
    })
    .join('');
}
