import pLimit from 'p-limit';
import { availableParallelism } from 'node:os';
import type { Assignment, LoadedPart } from '../assignment/loaded.ts';
import type { Bundler } from '../compile/bundle.ts';
import { usesDevice } from '../tensorflow/optional/backends-directory.ts';
import type { BundleProcessOptions } from './processes/bundle-process.ts';
import type { GivenCaller } from './calls/given-code.ts';
import { cheapestFirst } from './cheapest-first.ts';
import type { GradeOptions } from './grade-options.ts';
import { FALLBACK } from './processes/choose-backend.ts';
import { gradePart, type GradedPart } from './grade-part.ts';
import type { Run } from './run/run.ts';
import type { StagedSubmission } from './intake/stage-submission.ts';

/** Grades the parts, cheap ones first and some at a time; each goes into the report as it is done. */
export async function gradeParts(setup: {
  options: GradeOptions;
  assignment: Assignment;
  run: Run;
  submission: StagedSubmission;
  bundler: Bundler;
  processOptions: Omit<BundleProcessOptions, 'name' | 'bundle'>;
  given: GivenCaller;
  /** What takes the place of `processOptions` when no process gets ready with them any more. */
  fallback?: Omit<BundleProcessOptions, 'name' | 'bundle'>;
}): Promise<void> {
  const { options, assignment, run, submission, fallback, ...means } = setup;
  const { sandbox, backend } = means.processOptions;
  // Nothing bounds what a process takes of a device's memory: another one beside it may find none left.
  const sideBySide = usesDevice(backend) ? 1 : Math.min(2, availableParallelism());
  const limit = pLimit(sandbox.layers.fewProcesses ? 1 : (options.jobs ?? sideBySide));
  let { processOptions } = means;
  const gradeOne = (part: LoadedPart, onTrouble: (message: string) => void): Promise<GradedPart> =>
    gradePart({
      ...means,
      ...submission,
      processOptions,
      part,
      leaderboard: assignment.policy.leaderboard ?? [],
      template: options.template,
      onTrouble,
      ...(options.onJudged ? { onJudged: options.onJudged } : {}),
    });
  /** Again on what is there without a device, where the device is gone. */
  const gradeSomehow = async (part: LoadedPart): Promise<GradedPart> => {
    const troubles: string[] = [];
    const graded = await gradeOne(part, (message) => void troubles.push(message));
    if (graded.notReady !== undefined && fallback && !run.isOutOfTime) {
      if (processOptions !== fallback)
        run.noteBackend(`From ${part.title} on computed on ${FALLBACK}, not on ${backend}.`, graded.notReady);
      processOptions = fallback;
      return gradeOne(part, (message) => run.blameUs(message));
    }
    for (const message of troubles) run.blameUs(message);
    return graded;
  };
  await Promise.all(
    cheapestFirst(assignment.parts, means.processOptions.defaultTimeLimit).map((part) =>
      limit(async () => {
        if (run.isOutOfTime) return;
        const graded = await gradeSomehow(part);
        // A part that the deadline has cut off is not graded.
        if (run.isOutOfTime) return;
        run.finish(graded);
        run.publish();
      }),
    ),
  );
}
