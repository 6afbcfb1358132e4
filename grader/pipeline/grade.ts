import pLimit from 'p-limit';
import { availableParallelism } from 'node:os';
import { autoThreads } from '../tensorflow/threads.ts';
import { layOutRunner } from '../child/build.ts';
import { Bundler } from '../compile/bundle.ts';
import { GraderError } from '../format/errors.ts';
import { ingest } from '../ingest/ingest.ts';
import { stage } from '../ingest/stage.ts';
import type { GradeReport } from '../report/grade-report.ts';
import { describeIsolation } from '../sandbox/canary/report.ts';
import { openSandbox, type Isolation } from '../sandbox/launch.ts';
import { DEFAULT_LIMITS, type Limits, type Sandbox } from '../sandbox/sandbox.ts';
import { BundleProcess } from './bundle-process.ts';
import { modulesOf } from './execute.ts';
import { gradePart } from './grade-part.ts';
import { loadAssignment } from '../assignment/load.ts';
import type { Assignment } from '../assignment/loaded.ts';
import { ReportBuilder } from './report-builder.ts';
import { reviewSources } from './review-sources.ts';
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
  /** Grade these parts only. */
  readonly parts?: readonly string[];
  readonly limits?: Limits;
  /** How a stranger's code is kept in; default `auto`. `practice` takes the public half only. */
  readonly isolation?: Isolation;
  /** Directories that a stranger's code must not be able to write to, beyond what is always tried. */
  readonly protectedDirectories?: readonly string[];
  /** Opened by the caller, who also closes it; default: one for this run, as `isolation` says. */
  readonly sandbox?: Sandbox;
  /** Also type-check the solution files; default true. The result is advice and changes no outcome. */
  readonly types?: boolean;
  /** Called with the report so far: once before any student code runs, then whenever a part is done. */
  readonly onUpdate?: (report: GradeReport) => void;
  /** Told what went wrong on our side; never shown to students. */
  readonly onTrouble?: (message: string) => void;
}

const DEFAULT_TIME_LIMIT_SECONDS = 8;
const TYPE_CHECK_SECONDS = 60;

/**
 * Grades one submission: ingest, stage, compile, execute, judge. Resolves with a report whatever the submission
 * does.
 * @throws GraderError when the assignment, the template or this machine is at fault
 */
export async function grade(options: GradeOptions): Promise<GradeReport> {
  const assignment = selectParts(loadAssignment(options.assignment), options.parts);
  if (options.isolation === 'practice') refusePrivate(assignment);
  if (options.backend === 'webgpu') {
    throw new RangeError(
      'webgpu cannot grade: tensors on it cannot be read with dataSync, as submissions do',
    );
  }
  const report = new ReportBuilder({ assignment, submission: options.submission });
  options.onUpdate?.(report.snapshot());
  const given = listFiles(options.template);
  const ingested = await report.admit(() =>
    ingest({ path: options.submission, allow: assignment.allow, given }),
  );
  if (!ingested) {
    options.onUpdate?.(report.snapshot());
    return report.snapshot();
  }
  const place = openWorkplace();
  try {
    await gradeStaged({ options, assignment, report, place, files: ingested.files });
  } finally {
    place.close();
  }
  return report.snapshot();
}

/** Threads wait by spinning: only a child that has the machine to itself is given several. */
function threadsOf({ threads }: GradeOptions, { parts }: Assignment): number {
  if (threads === undefined) return parts.length === 1 ? Math.max(1, autoThreads() - 1) : 1;
  return threads === 'auto' ? autoThreads() : threads;
}

/** Where nothing keeps code from reading what lies on the disk, no private fixture may lie there. */
function refusePrivate(assignment: Assignment): void {
  const isPrivate = assignment.parts.some((part) => part.checks.some((one) => one.visibility === 'private'));
  if (isPrivate)
    throw new RangeError('practice isolation keeps nothing hidden: give it the public half only');
}

function selectParts(assignment: Assignment, wanted: readonly string[] | undefined): Assignment {
  if (!wanted) return assignment;
  const known = assignment.parts.map((part) => part.id);
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown) throw new RangeError(`there is no part ${unknown}; the parts are ${known.join(', ')}`);
  return { ...assignment, parts: assignment.parts.filter((part) => wanted.includes(part.id)) };
}

async function gradeStaged(run: {
  options: GradeOptions;
  assignment: Assignment;
  report: ReportBuilder;
  place: Workplace;
  files: ReadonlyMap<string, Uint8Array>;
}): Promise<void> {
  const { options, assignment, report, place, files } = run;
  const staged = await stage({
    template: options.template,
    files,
    directory: place.staged,
    allow: assignment.allow,
  });
  report.noteStaged(
    staged,
    assignment.parts.flatMap((part) => part.solutionFiles.map((file) => file.path)),
  );
  const review = reviewSources({ assignment, staged: place.staged, template: options.template });
  report.noteSources(review);

  const sandbox = options.sandbox ?? openSandbox({ isolation: options.isolation ?? 'auto' });
  const [isolation] = await Promise.all([
    sandbox.selfTest({ hidden: options.assignment, results: options.protectedDirectories ?? [] }),
    layOutRunner(place.child),
  ]);
  report.setEnvironment({ isolation: describeIsolation(isolation) });
  const bundler = new Bundler({ sandbox, tools: place.tools });
  const hasCode = assignment.parts.some((part) => part.solutionFiles.length > 0);
  const types =
    options.types === false || !hasCode ? undefined : startTypeCheck({ options, assignment, place, sandbox });
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
          report.finishPart(
            await gradePart({
              part,
              review,
              bundler,
              processOptions,
              given,
              place,
              files,
              leaderboard: assignment.policy.leaderboard ?? [],
              options,
            }),
          );
          options.onUpdate?.(report.snapshot());
        }),
      ),
    );
  } finally {
    await given.close();
    if (types) report.noteTypes(await types);
    if (!options.sandbox) await sandbox.close();
  }
  report.complete();
  options.onUpdate?.(report.snapshot());
}

/** Runs beside the grading, on the second core where there is one. */
function startTypeCheck(setup: {
  options: GradeOptions;
  assignment: Assignment;
  place: Workplace;
  sandbox: Sandbox;
}): Promise<TypeReport> {
  return typeCheck({
    sandbox: setup.sandbox,
    staged: setup.place.staged,
    solutionFiles: setup.assignment.parts.flatMap((part) => part.solutionFiles.map((file) => file.path)),
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
