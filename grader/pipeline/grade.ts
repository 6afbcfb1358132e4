import pLimit from 'p-limit';
import { availableParallelism } from 'node:os';
import type { Evidence } from '../checks/evidence.ts';
import { layOutRunner } from '../child/build.ts';
import { Bundler } from '../compile/bundle.ts';
import { GraderError } from '../data/errors.ts';
import { ingest } from '../ingest/ingest.ts';
import { stage } from '../ingest/stage.ts';
import type { GradeReport } from '../report/grade-report.ts';
import { openSandbox } from '../sandbox/launch.ts';
import { DEFAULT_LIMITS, type Limits, type Sandbox } from '../sandbox/sandbox.ts';
import { BundleProcess } from './bundle-process.ts';
import { partEvidence } from './evidence-of-part.ts';
import { executeCase, modulesOf } from './execute.ts';
import { loadAssignment, type Assignment, type LoadedPart } from './load-assignment.ts';
import type { CaseOutcomes } from './outcome.ts';
import { judgePart } from './judge-part.ts';
import { ReportBuilder } from './report-builder.ts';
import { reviewSources } from './review-sources.ts';
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
  readonly threads?: number | 'auto';
  /** Parts graded at the same time. */
  readonly jobs?: number;
  /** Stretches every time limit: 2 on a machine half as fast. */
  readonly timeFactor?: number;
  /** Grade these parts only. */
  readonly parts?: readonly string[];
  readonly limits?: Limits;
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
  const report = new ReportBuilder({ assignment, submission: options.submission });
  options.onUpdate?.(report.snapshot());
  const ingested = await report.admit(() => ingest({ path: options.submission, allow: assignment.allow }));
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

  await layOutRunner(place.child);
  const sandbox = openSandbox();
  report.setEnvironment({ isolation: sandbox.level });
  const bundler = new Bundler({ sandbox, tools: place.tools });
  const hasCode = assignment.parts.some((part) => part.solutionFiles.length > 0);
  const types =
    options.types === false || !hasCode ? undefined : startTypeCheck({ options, assignment, place, sandbox });
  const processOptions = {
    sandbox,
    directory: place.child,
    backend: options.backend ?? 'wasm',
    threads: options.threads ?? 1,
    limits: options.limits ?? DEFAULT_LIMITS,
    timeFactor: options.timeFactor ?? 1,
    defaultTimeLimit: DEFAULT_TIME_LIMIT_SECONDS,
  };
  await stage({ template: options.template, files: new Map(), directory: place.pristine, allow: [] });
  const given = await startGiven({ assignment, pristine: place.pristine, bundler, processOptions });

  const gradeOne = async (part: LoadedPart): Promise<void> => {
    const begin = performance.now();
    const refused = review.refusedImports.get(part.id);
    const plans = [...part.cases.values()].flatMap(({ plan }) => plan.calls);
    const bundle = refused
      ? { ok: false as const, problems: refused }
      : await bundler.bundle({ staged: place.staged, modules: modulesOf(plans) });
    const submission = new BundleProcess({ ...processOptions, name: part.id, bundle });
    const outcomes = new Map<string, CaseOutcomes>();
    try {
      for (const [id, loadedCase] of part.cases) {
        outcomes.set(
          id,
          await executeCase({ loadedCase, submission, given: () => given, template: options.template }),
        );
      }
    } finally {
      await submission.close();
    }
    const evidence: Evidence = partEvidence({ part, outcomes, place, files, options });
    const checks = judgePart(part, evidence, (check, message) => options.onTrouble?.(`${check}: ${message}`));
    report.finishPart({
      part,
      checks,
      printed: submission.printed,
      seconds: (performance.now() - begin) / 1000,
    });
    options.onUpdate?.(report.snapshot());
  };

  const limit = pLimit(options.jobs ?? Math.min(2, availableParallelism()));
  try {
    await Promise.all(assignment.parts.map((part) => limit(() => gradeOne(part))));
  } finally {
    await given.close();
    if (types) report.noteTypes(await types);
    await sandbox.close();
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
