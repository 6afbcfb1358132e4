import type { CheckResult } from '../../../grader/report/grade-report.ts';
import { PracticeSession } from '../../../grader/practice/practice-session.ts';
import { kitPlaces } from './places.ts';

/** Of vitest, whose instance the test file hands over. */
interface Vitest {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: (name: string, body: (context: { skip: (why?: string) => void }) => void) => void;
  readonly beforeAll: (work: () => Promise<void>, milliseconds: number) => void;
  readonly afterAll: (work: () => Promise<void>) => void;
}

const PART_MS = 10 * 60 * 1000;

/**
 * Defines a test for each public check: a check that passes is green, one that fails shows its message, one that was
 * not attempted, or builds on one that failed, is skipped. A part runs when the first of its tests does.
 * @param options.folder the student's folder, absolute
 */
export function defineChecks(options: { readonly folder: string; readonly vitest: Vitest }): void {
  const { folder, vitest } = options;
  const { describe, test, beforeAll, afterAll } = vitest;
  const session = new PracticeSession(kitPlaces(folder));
  afterAll(() => session.close());
  for (const { id, title, checks } of session.assignment.parts) {
    describe(`${id}: ${title}`, () => {
      const results = new Map<string, CheckResult>();
      beforeAll(async () => {
        const { report, withTypes } = await session.check({ submission: folder, parts: [id] });
        await withTypes;
        if (report.refusal !== undefined) throw new Error(report.refusal);
        for (const part of report.parts) for (const check of part.checks) results.set(check.id, check);
      }, PART_MS);
      for (const { check } of checks) {
        test(check.title, ({ skip }) => {
          const { outcome, message } = results.get(check.id)!;
          if (outcome === 'not-attempted' || outcome === 'skipped') skip(message.join('\n'));
          else if (outcome !== 'passed') throw new Error(message.join('\n'));
        });
      }
    });
  }
}
