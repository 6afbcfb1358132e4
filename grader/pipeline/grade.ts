import { loadAssignment } from '../assignment/load.ts';
import type { Assignment } from '../assignment/loaded.ts';
import { UsageError } from '../format/errors.ts';
import { phase } from '../format/phase.ts';
import type { GradeReport } from '../report/grade-report.ts';
import { requireProcesses } from '../sandbox/process-allowance.ts';
import { CoreWatch } from '../tensorflow/core-watch.ts';
import { autoThreads } from '../tensorflow/threads.ts';
import { admit } from './intake/admit.ts';
import { Deadline } from './deadline.ts';
import type { GradeOptions } from './grade-options.ts';
import { gradeStaged } from './grade-staged.ts';
import { kitOfSubmission } from './intake/kit-of-submission.ts';
import { Run } from './run/run.ts';
import { selectParts } from './select-parts.ts';
import { stageSubmission } from './intake/stage-submission.ts';
import { openWorkplace } from './workplace.ts';

/**
 * Grades one submission: ingest, stage, compile, execute, judge. Resolves with a report whatever the submission
 * does.
 * @throws GraderError when the assignment, the template or this machine is at fault
 * @throws UsageError when the options ask for a part that there is not, or do not go together
 */
export async function grade(options: GradeOptions): Promise<GradeReport> {
  const load = (): Assignment => selectParts(loadAssignment(options.assignment), options.parts);
  const assignment = options.standing?.assignment ?? phase('read the assignment', '', load);
  if (options.isolation === 'practice') refusePrivate(assignment);
  requireProcesses();
  const { deadlineSeconds: seconds, onTrouble } = options;
  const deadline = seconds === undefined ? undefined : new Deadline({ seconds, onTrouble });
  try {
    return await gradeBefore(deadline, options, assignment);
  } finally {
    deadline?.close();
  }
}

async function gradeBefore(
  deadline: Deadline | undefined,
  options: GradeOptions,
  assignment: Assignment,
): Promise<GradeReport> {
  const run = new Run(options, assignment, deadline);
  // It looks on before processes of ours compute.
  const watch = mayUseThreads(options, assignment) ? new CoreWatch() : undefined;
  run.publish();
  const admitted = await phase('ingest', '', () => admit(options, assignment));
  run.learn(admitted);
  if ('refusal' in admitted) {
    run.publish();
    return run.report();
  }
  compareKits(options.kit, run, admitted.ingested.files);
  const place = openWorkplace();
  try {
    const submission = await stageSubmission({ options, assignment, run, place, ...admitted.ingested });
    const threads = await threadsOf(options, watch);
    await gradeStaged({ options, assignment, run, submission, threads, deadline: deadline?.passed });
  } catch (error) {
    // What the deadline ends may fail in any way.
    if (!run.isOutOfTime) throw error;
  } finally {
    place.close();
  }
  run.publish();
  return run.report();
}

/** Threads wait by spinning: only a child that has the machine to itself is given several. */
const mayUseThreads = ({ threads }: GradeOptions, { parts }: Assignment): boolean =>
  threads === 'auto' || (threads === undefined && parts.length === 1);

/** Of each child. The type check runs beside the child of a single part. */
async function threadsOf({ threads }: GradeOptions, watch: CoreWatch | undefined): Promise<number> {
  if (!watch) return typeof threads === 'number' ? threads : 1;
  const free = await autoThreads(watch);
  return threads === 'auto' ? free : Math.max(1, free - 1);
}

/** Has the report say where the checks at home were others than these. An old kit, or a forged one, is no trouble of ours. */
function compareKits(kit: string | undefined, run: Run, files: ReadonlyMap<string, Uint8Array>): void {
  const packedWith = kitOfSubmission(files);
  if (kit === undefined || packedWith === undefined || packedWith === kit) return;
  run.learn({ otherKit: { packedWith, current: kit } });
}

/** Where nothing keeps code from reading what lies on the disk, no private fixture may lie there. */
function refusePrivate(assignment: Assignment): void {
  const isPrivate = assignment.parts.some((part) => part.checks.some((one) => one.half === 'private'));
  if (isPrivate)
    throw new UsageError('practice isolation keeps nothing hidden: give it the public half only');
}
