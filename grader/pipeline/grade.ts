import pLimit from 'p-limit';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { autoThreads } from '../tensorflow/threads.ts';
import { layOutRunner } from '../child/build.ts';
import { Bundler } from '../compile/bundle.ts';
import { withoutSourceMaps } from '../compile/source-map-comments.ts';
import { GraderError, SubmissionError, UsageError } from '../format/errors.ts';
import { ingest, type IngestedSubmission } from '../ingest/ingest.ts';
import { stage } from '../ingest/stage.ts';
import type { GradeReport } from '../report/grade-report.ts';
import { describeIsolation } from '../sandbox/canary/report.ts';
import { openSandbox, type Isolation } from '../sandbox/launch.ts';
import { DEFAULT_LIMITS, type Limits, type Sandbox } from '../sandbox/sandbox.ts';
import { BundleProcess } from './bundle-process.ts';
import { Deadline } from './deadline.ts';
import type { SavedFile } from './deadline-thread.ts';
import { modulesOf } from './execute.ts';
import { gradePart, type GradedPart } from './grade-part.ts';
import { loadAssignment } from '../assignment/load.ts';
import type { Assignment } from '../assignment/loaded.ts';
import { partsCalled } from '../assignment/part-names.ts';
import { reportOfRun } from './report-of-run.ts';
import { reviewSources, type SourceReview } from './review-sources.ts';
import { freshRun, type RunFacts } from './run-facts.ts';
import { sandboxUntil } from './sandbox-until.ts';
import { listFiles } from './template-files.ts';
import { openWorkplace, type Workplace } from './workplace.ts';
import { typeCheck, type TypeReport } from '../compile/type-check.ts';

export interface GradeOptions {
  /** A zip made by the collect script, or a folder. */
  readonly submission: string;
  /** Directories of the compiled assignment's halves. */
  readonly assignment: readonly string[];
  /** The pristine template. */
  readonly template: string;
  /** Directory whose `node_modules` has the type declarations that the template compiles against. */
  readonly dependencies: string;
  readonly backend?: string;
  /** Of each child. Default: where a single part is graded, `auto` less one for the type check, else 1. */
  readonly threads?: number | 'auto';
  /** Parts graded at the same time. */
  readonly jobs?: number;
  /** Stretches every time limit: 2 on a machine half as fast. */
  readonly timeFactor?: number;
  /** Grade these parts only, by id or by the name of a submitted file. */
  readonly parts?: readonly string[];
  readonly limits?: Limits;
  /** How untrusted code is kept in; default `auto`. `practice` takes the public half only. */
  readonly isolation?: Isolation;
  /** Directories that untrusted code must not be able to write to, beyond what is always tried. */
  readonly protectedDirectories?: readonly string[];
  /** Opened by the caller, who also closes it; default: one for this run, as `isolation` says. */
  readonly sandbox?: Sandbox;
  /** Also type-check the solution files; default true. The result is advice and changes no outcome. */
  readonly types?: boolean;
  /** Called with the report so far: once before any student code runs, then whenever a part is done. */
  readonly onUpdate?: (report: GradeReport) => void;
  /**
   * After so many seconds the run ends with what was graded, its report still `running`. Should the grader itself hang
   * then, its process is ended from outside, with exit code 3.
   */
  readonly deadlineSeconds?: number;
  /** What the report says of a deadline that has passed; default: how many seconds there were. */
  readonly deadlineNotice?: string;
  /** The files in which a report is kept, which are written when the grader hangs at its deadline. */
  readonly savedAs?: (report: GradeReport) => readonly SavedFile[];
  /** Told what went wrong on our side; never shown to students. */
  readonly onTrouble?: (message: string) => void;
}

const DEFAULT_TIME_LIMIT_SECONDS = 8;
const TYPE_CHECK_SECONDS = 60;

const HUNG = 'The grader hung, which is not your fault. Please contact the staff.';

/** The facts of one run as they come in; whoever wants to know is told of each report. */
class Run {
  readonly #begin = performance.now();
  readonly #options: GradeOptions;
  readonly #deadline: Deadline | undefined;
  #facts: RunFacts;

  constructor(options: GradeOptions, assignment: Assignment, deadline: Deadline | undefined) {
    this.#options = options;
    this.#deadline = deadline;
    this.#facts = freshRun(assignment, basename(options.submission));
  }

  learn(facts: Partial<RunFacts>): void {
    this.#facts = { ...this.#facts, ...facts };
  }

  finish(part: GradedPart): void {
    this.learn({ graded: [...this.#facts.graded, part] });
  }

  report(): GradeReport {
    const report = reportOfRun({ ...this.#facts, seconds: (performance.now() - this.#begin) / 1000 });
    return report.state === 'running' && this.isOutOfTime ? withWarning(report, this.#notice) : report;
  }

  publish(): void {
    const { onUpdate, savedAs } = this.#options;
    const report = this.report();
    if (savedAs) this.#deadline?.leave(savedAs(withWarning(report, `${this.#notice} ${HUNG}`)));
    onUpdate?.(report);
  }

  get isOutOfTime(): boolean {
    return this.#deadline?.passed.aborted ?? false;
  }

  get #notice(): string {
    const { deadlineNotice, deadlineSeconds } = this.#options;
    return deadlineNotice ?? `The time for one submission, ${deadlineSeconds} seconds, ran out.`;
  }
}

function withWarning(report: GradeReport, text: string): GradeReport {
  return { ...report, notices: [{ severity: 'warning', text }, ...report.notices] };
}

/**
 * Grades one submission: ingest, stage, compile, execute, judge. Resolves with a report whatever the submission
 * does.
 * @throws GraderError when the assignment, the template or this machine is at fault
 * @throws UsageError when the options ask for a part that there is not, or do not go together
 */
export async function grade(options: GradeOptions): Promise<GradeReport> {
  const assignment = selectParts(loadAssignment(options.assignment), options.parts);
  if (options.isolation === 'practice') refusePrivate(assignment);
  if (options.backend === 'webgpu') {
    throw new UsageError(
      'webgpu cannot grade: tensors on it cannot be read with dataSync, as submissions do',
    );
  }
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
  run.publish();
  const ingested = await admit(options, assignment);
  run.learn(ingested);
  if ('refusal' in ingested) {
    run.publish();
    return run.report();
  }
  const place = openWorkplace();
  try {
    const { files } = ingested.ingested;
    await gradeStaged({ options, assignment, run, place, files, deadline: deadline?.passed });
  } catch (error) {
    // What the deadline ends may fail in any way.
    if (!run.isOutOfTime) throw error;
  } finally {
    place.close();
  }
  run.publish();
  return run.report();
}

/** Whether each submitted file that the template has, too, is the template's, byte for byte. */
function isTemplate(files: ReadonlyMap<string, Uint8Array>, template: string): boolean {
  const given = listFiles(template);
  return [...files].every(
    ([path, bytes]) => !given.has(path) || readFileSync(join(template, path)).equals(bytes),
  );
}

/** Reads the submission, or says why it cannot be graded. */
async function admit(
  { submission, template }: GradeOptions,
  { allow }: Assignment,
): Promise<{ ingested: IngestedSubmission } | { state: 'refused'; refusal: string }> {
  try {
    return { ingested: await ingest({ path: submission, allow, given: listFiles(template) }) };
  } catch (error) {
    if (!(error instanceof SubmissionError)) throw error;
    return { state: 'refused', refusal: error.message };
  }
}

/** Threads wait by spinning: only a child that has the machine to itself is given several. */
function threadsOf({ threads }: GradeOptions, { parts }: Assignment): number {
  if (threads === undefined) return parts.length === 1 ? Math.max(1, autoThreads() - 1) : 1;
  return threads === 'auto' ? autoThreads() : threads;
}

/** Where nothing keeps code from reading what lies on the disk, no private fixture may lie there. */
function refusePrivate(assignment: Assignment): void {
  const isPrivate = assignment.parts.some((part) => part.checks.some((one) => one.half === 'private'));
  if (isPrivate)
    throw new UsageError('practice isolation keeps nothing hidden: give it the public half only');
}

function selectParts(assignment: Assignment, wanted: readonly string[] | undefined): Assignment {
  if (!wanted) return assignment;
  const parts = assignment.parts.map(({ id, solutionFiles, documents }) => ({
    id,
    files: [...solutionFiles.map(({ path }) => path), ...documents.keys()],
  }));
  const called = partsCalled(wanted, parts);
  return { ...assignment, parts: assignment.parts.filter(({ id }) => called.includes(id)) };
}

async function gradeStaged(setup: {
  options: GradeOptions;
  assignment: Assignment;
  run: Run;
  place: Workplace;
  files: ReadonlyMap<string, Uint8Array>;
  deadline: AbortSignal | undefined;
}): Promise<void> {
  const { options, assignment, run, place, files, deadline } = setup;
  const staged = await stage({
    template: options.template,
    files: withoutSourceMaps(files),
    directory: place.staged,
    allow: assignment.allow,
  });
  run.learn({ staged, untouched: isTemplate(files, options.template) });
  const review = reviewSources({ assignment, staged: place.staged, template: options.template });
  run.learn({ review });

  const opened = options.sandbox ?? openSandbox({ isolation: options.isolation ?? 'auto' });
  const sandbox = deadline ? sandboxUntil(deadline, opened) : opened;
  const [isolation] = await Promise.all([
    sandbox.proveIsolation({ hidden: options.assignment, results: options.protectedDirectories ?? [] }),
    layOutRunner(place.child),
  ]);
  run.learn({ isolation: describeIsolation(isolation) });
  const bundler = new Bundler({ sandbox, tools: place.tools });
  const solutionFiles = typeCheckedFiles(assignment, review);
  const types =
    options.types === false || solutionFiles.length === 0
      ? undefined
      : startTypeCheck({ options, solutionFiles, place, sandbox });
  const processOptions = {
    sandbox,
    directory: place.child,
    backend: options.backend ?? 'wasm',
    threads: threadsOf(options, assignment),
    limits: options.limits ?? DEFAULT_LIMITS,
    timeFactor: options.timeFactor ?? 1,
    defaultTimeLimit: DEFAULT_TIME_LIMIT_SECONDS,
  };
  await stage({ template: options.template, files: new Map(), directory: place.pristine, allow: [] });
  const given = await startGiven({ assignment, pristine: place.pristine, bundler, processOptions });

  const limit = pLimit(options.jobs ?? Math.min(2, availableParallelism()));
  try {
    await Promise.all(
      assignment.parts.map((part) =>
        limit(async () => {
          if (run.isOutOfTime) return;
          const graded = await gradePart({
            part,
            review,
            bundler,
            processOptions,
            given,
            place,
            files,
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
  } finally {
    await given.close();
    if (types) run.learn({ types: await types });
    if (!options.sandbox) await sandbox.close();
  }
  if (!run.isOutOfTime) run.learn({ state: 'complete' });
}

/**
 * What may be type-checked: a file that a submission may not import would be opened, and its types named in messages
 * about the submission's own.
 */
function typeCheckedFiles({ parts }: Assignment, { refusedImports }: SourceReview): string[] {
  const accepted = parts.filter((part) => !refusedImports.has(part.id));
  return accepted.flatMap((part) => part.solutionFiles.map(({ path }) => path));
}

/** Runs beside the grading, on the second core where there is one. */
function startTypeCheck(setup: {
  options: GradeOptions;
  solutionFiles: readonly string[];
  place: Workplace;
  sandbox: Sandbox;
}): Promise<TypeReport> {
  return typeCheck({
    sandbox: setup.sandbox,
    staged: setup.place.staged,
    solutionFiles: setup.solutionFiles,
    dependencies: setup.options.dependencies,
    seconds: TYPE_CHECK_SECONDS * (setup.options.timeFactor ?? 1),
  });
}

/** The process that runs given code of the pristine template on what a submission returned. */
async function startGiven(setup: {
  assignment: Assignment;
  pristine: string;
  bundler: Bundler;
  processOptions: Omit<ConstructorParameters<typeof BundleProcess>[0], 'name' | 'bundle'>;
}): Promise<BundleProcess> {
  const derived = setup.assignment.parts.flatMap((part) =>
    [...part.cases.values()].flatMap(({ plan }) => plan.derived),
  );
  const modules = modulesOf(derived);
  const bundle =
    modules.length === 0
      ? { ok: true as const, code: Buffer.from('export const modules = {};') }
      : await setup.bundler.bundle({ staged: setup.pristine, modules });
  if (!bundle.ok) throw new GraderError(`the template does not compile: ${JSON.stringify(bundle.problems)}`);
  return new BundleProcess({ ...setup.processOptions, name: 'given-code', bundle });
}
