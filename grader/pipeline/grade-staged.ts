import type { Assignment } from '../assignment/loaded.ts';
import { layOutRunner } from '../child/build.ts';
import { Bundler } from '../compile/bundle.ts';
import { phase } from '../format/phase.ts';
import { describeIsolation } from '../sandbox/canary/report.ts';
import { openSandbox } from '../sandbox/launch.ts';
import { DEFAULT_LIMITS } from '../sandbox/sandbox.ts';
import { isOptional } from '../tensorflow/optional/backends-directory.ts';
import { checkTypes } from './intake/check-types.ts';
import { chooseBackend, FALLBACK } from './processes/choose-backend.ts';
import { bundleGiven, startGiven } from './calls/given-code.ts';
import type { GradeOptions } from './grade-options.ts';
import { gradeParts } from './grade-parts.ts';
import type { Run } from './run/run.ts';
import { CALL_SECONDS } from './processes/patience.ts';
import { sandboxUntil } from './processes/sandbox-until.ts';
import type { StagedSubmission } from './intake/stage-submission.ts';

/** Opens the sandbox, tries it, and grades all parts in it, until the deadline. */
export async function gradeStaged(setup: {
  options: GradeOptions;
  assignment: Assignment;
  run: Run;
  submission: StagedSubmission;
  /** Of each child. */
  threads: number;
  deadline: AbortSignal | undefined;
}): Promise<void> {
  const { options, assignment, run, submission, threads, deadline } = setup;
  const { place } = submission;
  const opened = options.sandbox ?? openSandbox({ isolation: options.isolation ?? 'auto' });
  const sandbox = deadline ? sandboxUntil(deadline, opened) : opened;
  try {
    const [isolation] = await Promise.all([
      phase('proof of isolation', '', () =>
        sandbox.proveIsolation({
          hidden: [...options.assignment, ...(options.hidden ?? [])],
          results: options.protectedDirectories ?? [],
        }),
      ),
      layOutRunner(place.child),
    ]);
    run.learn({ isolation: describeIsolation(isolation) });
    const bundler = new Bundler({ sandbox, tools: place.tools });
    const childOptions = {
      sandbox,
      directory: place.child,
      threads,
      limits: options.limits ?? DEFAULT_LIMITS,
    };
    const chosen = await chooseBackend(options.backend ?? FALLBACK, {
      ...childOptions,
      device: options.device,
    });
    for (const { name, why } of chosen.passedOver)
      run.noteBackend(`Computed on ${chosen.name}, not on ${name}.`, why);
    /** Of a process that needs no device. */
    const plainOptions = {
      ...childOptions,
      backend: isOptional(chosen.name) ? FALLBACK : chosen.name,
      timeFactor: options.timeFactor ?? 1,
      defaultTimeLimit: CALL_SECONDS,
    };
    const processOptions = {
      ...plainOptions,
      backend: chosen.name,
      device: options.device,
      timeFactor: options.timeFactor ?? chosen.timeFactor,
    };
    const { pristine } = place;
    const { standing } = options;
    const given = standing
      ? await standing.given({
          bundle: () => bundleGiven({ assignment, pristine, bundler }),
          processOptions: { ...plainOptions, sandbox: opened },
          deadline,
        })
      : await startGiven({ assignment, pristine, bundler, processOptions: plainOptions });
    const types = (): Promise<void> =>
      phase('type check', '', () => checkTypes({ options, assignment, run, submission, sandbox }));
    const parts = (): Promise<void> =>
      gradeParts({
        ...{ options, assignment, run, submission, bundler, processOptions, given },
        ...(chosen.mayFallBack ? { fallback: plainOptions } : {}),
      });
    try {
      // Where processes are few, the type checker waits until they are not needed any more.
      if (sandbox.layers.fewProcesses) await parts();
      else await Promise.all([parts(), types()]);
    } finally {
      await given.rest();
    }
    if (sandbox.layers.fewProcesses) await types();
  } finally {
    if (!options.sandbox) await sandbox.close();
  }
  if (!run.isOutOfTime) run.learn({ state: 'complete' });
}
