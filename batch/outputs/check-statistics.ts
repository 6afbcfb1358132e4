import type { GradedSubmission } from './class-result.ts';

/** How a class did on one check. */
export interface CheckStatistics {
  readonly part: string;
  readonly id: string;
  readonly title: string;
  readonly half: 'public' | 'private';
  readonly points: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly errored: number;
  readonly notAttempted: number;
  /** What it said most often where it failed: the last line of the message, which is the hint where there is one. */
  readonly hints: readonly { readonly text: string; readonly submissions: readonly string[] }[];
}

const COUNTED = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  errored: 'errored',
  'not-attempted': 'notAttempted',
} as const;

const MAX_HINTS = 3;
const MAX_EXAMPLES = 8;

/** Statistics of every check, in the order of the assignment. */
export function checkStatistics(graded: readonly GradedSubmission[]): CheckStatistics[] {
  interface Collected extends Omit<CheckStatistics, 'hints'> {
    readonly hints: Map<string, string[]>;
  }
  const all = new Map<string, Collected>();
  for (const { report, submitted } of graded) {
    if (report?.state === 'refused') continue;
    for (const part of report?.parts ?? []) {
      for (const { id, title, half, points, outcome, message } of part.checks) {
        const key = `${part.id}/${id}`;
        const fresh = { passed: 0, failed: 0, skipped: 0, errored: 0, notAttempted: 0 };
        const known = all.get(key) ?? { part: part.id, id, title, half, points, ...fresh, hints: new Map() };
        const counted = COUNTED[outcome];
        all.set(key, { ...known, [counted]: known[counted] + 1 });
        const hint = message.at(-1);
        if (outcome !== 'failed' || hint === undefined) continue;
        const readBy = known.hints.get(hint);
        if (readBy) readBy.push(submitted.id);
        else known.hints.set(hint, [submitted.id]);
      }
    }
  }
  return [...all.values()].map((one) => ({
    ...one,
    hints: [...one.hints]
      .map(([text, submissions]) => ({ text, submissions }))
      .sort((a, b) => b.submissions.length - a.submissions.length)
      .slice(0, MAX_HINTS)
      .map(({ text, submissions }) => ({ text, submissions: submissions.slice(0, MAX_EXAMPLES) })),
  }));
}

/**
 * The share of those on whom a check was tried who passed it, in [0, 1]; undefined where there are none. A skipped one
 * waits for another check, which is the hard one.
 */
export function passRate({ passed, failed }: CheckStatistics): number | undefined {
  const attempted = passed + failed;
  return attempted === 0 ? undefined : passed / attempted;
}
