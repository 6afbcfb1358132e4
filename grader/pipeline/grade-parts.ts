import pLimit from 'p-limit';
import { availableParallelism } from 'node:os';
import type { Assignment } from '../assignment/loaded.ts';
import type { Bundler } from '../compile/bundle.ts';
import type { BundleProcess, BundleProcessOptions } from './bundle-process.ts';
import type { GradeOptions } from './grade-options.ts';
import { gradePart } from './grade-part.ts';
import type { Run } from './run.ts';
import type { StagedSubmission } from './stage-submission.ts';

/** Grades the parts, some at a time; each goes into the report as it is done. */
export async function gradeParts(setup: {
  options: GradeOptions;
  assignment: Assignment;
  run: Run;
  submission: StagedSubmission;
  bundler: Bundler;
  processOptions: Omit<BundleProcessOptions, 'name' | 'bundle'>;
  given: BundleProcess;
}): Promise<void> {
  const { options, assignment, run, submission, ...means } = setup;
  const limit = pLimit(options.jobs ?? Math.min(2, availableParallelism()));
  await Promise.all(
    assignment.parts.map((part) =>
      limit(async () => {
        if (run.isOutOfTime) return;
        const graded = await gradePart({
          ...means,
          ...submission,
          part,
          leaderboard: assignment.policy.leaderboard ?? [],
          options,
        });
        // A part that the deadline has cut off is not graded.
        if (run.isOutOfTime) return;
        run.finish(graded);
        run.publish();
      }),
    ),
  );
}
