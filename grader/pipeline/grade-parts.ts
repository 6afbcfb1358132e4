import pLimit from 'p-limit';
import { availableParallelism } from 'node:os';
import type { Assignment } from '../assignment/loaded.ts';
import type { Bundler } from '../compile/bundle.ts';
import type { BundleProcessOptions } from './bundle-process.ts';
import type { GivenCaller } from './given-code.ts';
import { cheapestFirst } from './cheapest-first.ts';
import type { GradeOptions } from './grade-options.ts';
import { gradePart } from './grade-part.ts';
import type { Run } from './run.ts';
import type { StagedSubmission } from './stage-submission.ts';

/** Grades the parts, cheap ones first and some at a time; each goes into the report as it is done. */
export async function gradeParts(setup: {
  options: GradeOptions;
  assignment: Assignment;
  run: Run;
  submission: StagedSubmission;
  bundler: Bundler;
  processOptions: Omit<BundleProcessOptions, 'name' | 'bundle'>;
  given: GivenCaller;
}): Promise<void> {
  const { options, assignment, run, submission, ...means } = setup;
  const { fewProcesses } = means.processOptions.sandbox.layers;
  const limit = pLimit(fewProcesses ? 1 : (options.jobs ?? Math.min(2, availableParallelism())));
  await Promise.all(
    cheapestFirst(assignment.parts, means.processOptions.defaultTimeLimit).map((part) =>
      limit(async () => {
        if (run.isOutOfTime) return;
        const graded = await gradePart({
          ...means,
          ...submission,
          part,
          leaderboard: assignment.policy.leaderboard ?? [],
          template: options.template,
          onTrouble: (message) => run.blameUs(message),
          ...(options.onJudged ? { onJudged: options.onJudged } : {}),
        });
        // A part that the deadline has cut off is not graded.
        if (run.isOutOfTime) return;
        run.finish(graded);
        run.publish();
      }),
    ),
  );
}
