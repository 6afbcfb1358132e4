import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { grade } from '../pipeline/grade.ts';
import type { GradeOptions } from '../pipeline/grade-options.ts';
import { loadAssignment } from '../assignment/load.ts';
import { addPoints, countIncidents, type GradeReport, type Notice } from '../report/grade-report.ts';
import { writeAtomically } from '../format/write-atomically.ts';
import { DEFAULT_LIMITS } from '../sandbox/sandbox.ts';
import type { Policy } from '../assignment/policy.ts';
import { containerMemory } from './container.ts';
import { readMetadata, type SubmissionMetadata } from './metadata.ts';
import { checkLimit, GRADED_AT } from './policy/submission-limit.ts';
import { toGradescope } from './results.ts';
import type { GradescopeResults } from './results-schema.ts';
import type { Settings } from './settings.ts';
import { showAgain } from './shown-again.ts';
import { submittedPath } from './submitted.ts';

export interface RunOptions extends Pick<GradeOptions, 'assignment' | 'template' | 'dependencies'> {
  /** Gradescope's root, usually `/autograder`: holds `submission/`, `results/` and the metadata. */
  readonly root: string;
  readonly settings: Settings;
  /** After this the run ends with what was graded, even if the grader itself hangs. */
  readonly deadlineSeconds: number;
  /** The version of the kit that students should have. */
  readonly kit?: string;
  /** Put into every `extra_data`, such as the package's digest. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** For staff: goes to the standard output that Gradescope keeps from students. */
  readonly log: (line: string) => void;
}

/**
 * `failed`: the fault is ours, and results.json says so; `errored`: graded but for some checks or advice, which failed
 * by our fault.
 */
export type RunEnd = 'graded' | 'refused' | 'limited' | 'out-of-time' | 'errored' | 'failed';

const CONTACT = 'This is not your fault. Please contact the staff.';
/** The share of a container's memory that untrusted code gets; the rest is the grader's own. */
const CHILD_SHARE = 0.55;

/**
 * One run as Gradescope starts it. Before any student code runs, and after each part, results.json is there, valid,
 * and never says more than was earned. Never throws.
 */
export async function runAutograder(options: RunOptions): Promise<RunEnd> {
  const { root, log } = options;
  const results = join(root, 'results');
  const file = join(results, 'results.json');
  const write = (content: GradescopeResults): void => writeAtomically(file, JSON.stringify(content));
  let last: { report: GradeReport; context: Context } | undefined;
  let troubles = 0;
  try {
    mkdirSync(results, { recursive: true });
    setMode(results, 0o700);
    // It holds the results of the submission before, with what only the staff may see.
    if (existsSync(metadataOf(root))) setMode(metadataOf(root), 0o600);
    const context = readContext(options);
    if (context.again) {
      write(context.again);
      return 'limited';
    }
    const update = (report: GradeReport): void => {
      last = { report, context };
      write(toGradescope(report, context));
    };
    const notice = `The time for one submission, ${options.settings.timeoutMinutes} minutes, ran out.`;
    const report = await gradeSubmission(options, {
      deadlineSeconds: options.deadlineSeconds,
      deadlineNotice: notice,
      onUpdate: update,
      onTrouble: (message) => {
        troubles++;
        log(message);
      },
      savedAs: (one) => [{ path: file, text: JSON.stringify(toGradescope(one, context)) }],
    });
    const incidents = countIncidents(report);
    if (incidents > 0) log(`${incidents} incidents, see extra_data in results.json`);
    if (report.state === 'refused') return 'refused';
    if (troubles > 0) return 'errored';
    if (report.state !== 'running') return 'graded';
    log(notice);
    return 'out-of-time';
  } catch (error) {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (error instanceof GraderError && error.cause) log(String(error.cause));
    const notice = `The grader failed before it was done. ${CONTACT}`;
    write(
      last
        ? toGradescope(withNotice(last.report, notice), last.context)
        : { score: 0, output: notice, ...(options.extra ? { extra_data: { ...options.extra } } : {}) },
    );
    return 'failed';
  } finally {
    setMode(results, 0o755);
  }
}

const metadataOf = (root: string): string => join(root, 'submission_metadata.json');

/** A folder of another user stays as it is: that user has decided who may write to it. */
function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'EROFS') throw error;
  }
}

interface Context {
  readonly policy: Policy;
  readonly metadata: SubmissionMetadata;
  readonly extra: Readonly<Record<string, unknown>>;
  /** Set when this submission is one too many: what is shown instead of grading it. */
  readonly again?: GradescopeResults;
}

function readContext({ root, assignment, extra = {}, log }: RunOptions): Context {
  const { policy, parts } = loadAssignment(assignment);
  const { metadata, trouble } = readMetadata(metadataOf(root));
  if (trouble) log(trouble);
  const points = parts.flatMap((part) => part.checks.map(({ check }) => (check.bonus ? 0 : check.points)));
  const total = addPoints(points);
  const { totalPoints } = metadata.assignment;
  if (totalPoints !== undefined && totalPoints !== total) {
    log(`the assignment on Gradescope has ${totalPoints} points, its rubric ${total}: set it to ${total}`);
  }
  if (!policy.submissionLimit) return { policy, metadata, extra };
  const limit = checkLimit({ rule: policy.submissionLimit, metadata });
  const all = { ...extra, [GRADED_AT]: limit.gradedAt };
  if (!limit.exceeded) return { policy, metadata, extra: all };
  const { latest, why } = limit.exceeded;
  return { policy, metadata, extra: all, again: showAgain({ previous: latest, why, extra: all }) };
}

function gradeSubmission(
  { root, settings, assignment, template, dependencies, kit, log }: RunOptions,
  given: Pick<GradeOptions, 'deadlineSeconds' | 'deadlineNotice' | 'savedAs' | 'onTrouble'> & {
    onUpdate: (report: GradeReport) => void;
  },
): Promise<GradeReport> {
  const memory = Math.floor(containerMemory() * CHILD_SHARE);
  return grade({
    ...given,
    submission: submittedPath(join(root, 'submission')),
    assignment,
    template,
    dependencies,
    ...(kit === undefined ? {} : { kit }),
    hidden: [metadataOf(root)],
    protectedDirectories: [root, join(root, 'results')],
    backend: settings.backend,
    threads: settings.threads,
    jobs: settings.jobs,
    timeFactor: settings.timeFactor,
    isolation: settings.isolation,
    limits: { ...DEFAULT_LIMITS, residentBytes: Math.min(DEFAULT_LIMITS.residentBytes, memory) },
    onUpdate: (report) => {
      given.onUpdate(report);
      const done = report.parts.filter((part) => part.state === 'graded');
      log(`${report.seconds.toFixed(1)} s: ${done.length} of ${report.parts.length} parts graded`);
    },
  });
}

function withNotice(report: GradeReport, text: string): GradeReport {
  const notice: Notice = { severity: 'warning', text };
  return { ...report, notices: [notice, ...report.notices] };
}
