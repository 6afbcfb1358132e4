import pLimit from 'p-limit';
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { loadAssignment } from '../assignment/load.ts';
import type { Assignment, LoadedPart } from '../assignment/loaded.ts';
import { layOutRunner } from '../child/build.ts';
import { Bundler } from '../compile/bundle.ts';
import { withoutSourceMaps } from '../compile/source-map-comments.ts';
import type { TypeReport } from '../compile/type-check.ts';
import type { IngestedSubmission } from '../ingest/ingest.ts';
import { stage } from '../ingest/stage.ts';
import { admit } from '../pipeline/admit.ts';
import type { BundleProcess } from '../pipeline/bundle-process.ts';
import { checkTypes } from '../pipeline/check-types.ts';
import { startGiven } from '../pipeline/given-code.ts';
import { gradePart, type GradedPart } from '../pipeline/grade-part.ts';
import { aboutTypes } from '../pipeline/notices.ts';
import { reportOfRun } from '../pipeline/report-of-run.ts';
import type { SourceReview } from '../pipeline/review-sources.ts';
import { freshRun, type RunFacts } from '../pipeline/run-facts.ts';
import { SpareChildren } from '../pipeline/spare-children.ts';
import { openWorkplace, type Workplace } from '../pipeline/workplace.ts';
import type { GradeReport, Notice } from '../report/grade-report.ts';
import { openSandbox } from '../sandbox/launch.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../sandbox/sandbox.ts';
import { isAffected, type Version } from './affected-parts.ts';

/** What a student's folder is checked with; absolute paths. */
export interface PracticePlaces {
  /** The public half of the compiled assignment. */
  readonly assignment: string;
  /** The pristine template. */
  readonly template: string;
  /** Directory whose `node_modules` has the type declarations that the template compiles against. */
  readonly dependencies: string;
}

export interface PracticeOptions {
  /** The student's folder, or a zip of it; absolute. */
  readonly submission: string;
  /** Ids of the parts to check; default: all. */
  readonly parts?: readonly string[];
  /** Check all of these parts, not only those that changed since they were checked last. Default: false. */
  readonly all?: boolean;
  /** Told of each report on the way: the first before any code runs, then one for each part that is done. */
  readonly onUpdate?: (report: GradeReport) => void;
  /** Told what went wrong on our side. */
  readonly onTrouble?: (message: string) => void;
}

/** The verdicts, and the type errors, which may take longer. */
export interface PracticeRun {
  readonly report: GradeReport;
  /** Ids of the parts that were run; the others stand as they were found last. */
  readonly checked: readonly string[];
  /** What reading the code brought to light; undefined where nothing could be read. */
  readonly review?: SourceReview;
  /** The same report with what the type checker says in it, and that apart. Never rejects. */
  readonly withTypes: Promise<TypedReport>;
}

export interface TypedReport {
  readonly report: GradeReport;
  readonly types: readonly Notice[];
}

/** The same for everybody, and that of Gradescope's default. */
const TIME_LIMIT_SECONDS = 8;
const ISOLATION = 'practice: your own code on your own computer, nothing keeps it in';

/**
 * Grades a folder by the public half of an assignment, again and again, with the pipeline that grades on Gradescope.
 * What does not depend on the folder stays between two runs: fixtures, the process of given code, and a child that
 * has TensorFlow.js loaded already.
 */
export class PracticeSession {
  readonly assignment: Assignment;
  readonly #places: PracticePlaces;
  readonly #place: Workplace = openWorkplace();
  readonly #sandbox: Sandbox = openSandbox({ isolation: 'practice' });
  readonly #bundler: Bundler;
  readonly #spares: SpareChildren;
  readonly #ready: Promise<unknown>;
  /** Each part as it was checked last, and the version of the folder that it was checked in. */
  readonly #last = new Map<string, { readonly graded: GradedPart; readonly version: Version }>();
  /** One run after the other: a part's bundle has one place, and processes that compete are slow. */
  readonly #turn = pLimit(1);
  #given: Promise<BundleProcess> | undefined;
  #runs = 0;

  /** @throws GraderError when the assignment cannot be read */
  constructor(places: PracticePlaces) {
    this.#places = places;
    this.assignment = loadAssignment([places.assignment]);
    const { child, tools } = this.#place;
    this.#bundler = new Bundler({ sandbox: this.#sandbox, tools });
    this.#spares = new SpareChildren(this.#childOptions);
    mkdirSync(child, { recursive: true });
    this.#ready = layOutRunner(child);
  }

  get #childOptions() {
    return {
      sandbox: this.#sandbox,
      directory: this.#place.child,
      backend: 'wasm',
      threads: 1,
      limits: DEFAULT_LIMITS,
    };
  }

  get #processOptions() {
    return {
      ...this.#childOptions,
      timeFactor: 1,
      defaultTimeLimit: TIME_LIMIT_SECONDS,
      spare: () => this.#spares.take(),
    };
  }

  /** Starts what the next run of these parts will need, without waiting for it. */
  async warmUp(parts: readonly LoadedPart[] = this.assignment.parts): Promise<void> {
    await this.#ready;
    if (parts.some(hasCalls)) this.#spares.prepare(parts.some(hasDerived) && !this.#given ? 2 : 1);
  }

  /**
   * Checks a folder. @throws GraderError when the assignment, the kit or this machine is at fault
   */
  check(options: PracticeOptions): Promise<PracticeRun> {
    return this.#turn(() => this.#check(options));
  }

  async #check(options: PracticeOptions): Promise<PracticeRun> {
    const begin = performance.now();
    const { onUpdate, onTrouble, submission } = options;
    const parts = this.assignment.parts.filter(({ id }) => options.parts?.includes(id) ?? true);
    const assignment = { ...this.assignment, parts };
    let facts: RunFacts = freshRun(assignment, basename(submission));
    const report = (more: Partial<RunFacts>): GradeReport => {
      facts = { ...facts, ...more, seconds: (performance.now() - begin) / 1000 };
      const soFar = reportOfRun(facts);
      if (soFar.state === 'running') onUpdate?.(soFar);
      return soFar;
    };
    report({ isolation: ISOLATION });
    // While the child loads TensorFlow.js, this process loads the parser.
    await this.warmUp(parts);
    const parser = import('../pipeline/review-sources.ts');
    const admitted = await admit({ submission, template: this.#places.template }, this.assignment);
    if ('refusal' in admitted) {
      const refused = report(admitted);
      return { report: refused, checked: [], withTypes: Promise.resolve({ report: refused, types: [] }) };
    }
    const ingested = relevant(admitted.ingested);
    const { files } = ingested;
    const directory = join(this.#place.staged, String(this.#runs++));
    mkdirSync(this.#place.staged, { recursive: true });
    const staged = await stage({
      template: this.#places.template,
      files: withoutSourceMaps(files),
      directory,
      allow: this.assignment.allow,
    });
    const { reviewSources } = await parser;
    const review = reviewSources({ assignment, staged: directory, template: this.#places.template });
    const version: Version = { files, review };
    const changed = parts.filter(
      (part) => options.all || isAffected({ part, version, before: this.#last.get(part.id)?.version }),
    );
    const stands = parts.flatMap((part) => {
      const last = changed.includes(part) ? undefined : this.#last.get(part.id);
      return last ? [last.graded] : [];
    });
    report({ ingested, staged, review, graded: stands });

    const given = (this.#given ??= this.#startGiven());
    const limit = pLimit(Math.min(2, availableParallelism()));
    await Promise.all(
      changed.map((part) =>
        limit(async () => {
          const graded = await gradePart({
            part,
            review,
            bundler: this.#bundler,
            processOptions: this.#processOptions,
            given: await given,
            place: { ...this.#place, staged: directory },
            files,
            leaderboard: [],
            options: { template: this.#places.template, ...(onTrouble ? { onTrouble } : {}) },
          });
          this.#last.set(part.id, { graded, version });
          report({ graded: [...facts.graded, graded] });
        }),
      ),
    );
    const types = checkTypes({
      options: { dependencies: this.#places.dependencies },
      assignment,
      review,
      staged: directory,
      sandbox: this.#sandbox,
    });
    const done = report({ state: 'complete' });
    return {
      report: done,
      checked: changed.map(({ id }) => id),
      review,
      withTypes: this.#withTypes(facts, types).finally(() =>
        rmSync(directory, { recursive: true, force: true }),
      ),
    };
  }

  async #withTypes(facts: RunFacts, types: Promise<TypeReport | undefined>): Promise<TypedReport> {
    const checked = await types.catch((error: unknown): TypeReport => ({
      state: 'unavailable',
      why: error instanceof Error ? error.message : String(error),
    }));
    const report = reportOfRun({ ...facts, ...(checked ? { types: checked } : {}) });
    return { report, types: aboutTypes(checked) };
  }

  async #startGiven(): Promise<BundleProcess> {
    const { pristine } = this.#place;
    await stage({ template: this.#places.template, files: new Map(), directory: pristine, allow: [] });
    return startGiven({
      assignment: this.assignment,
      pristine,
      bundler: this.#bundler,
      processOptions: this.#processOptions,
    });
  }

  /** Ends all that was started and removes what lies on the disk. */
  async close(): Promise<void> {
    await this.#ready.catch(() => undefined);
    await this.#spares.close();
    await (await this.#given?.catch(() => undefined))?.close();
    await this.#sandbox.close();
    this.#place.close();
  }
}

/** A folder holds much besides what is submitted; of that, only code is worth a word. */
function relevant(ingested: IngestedSubmission): IngestedSubmission {
  if (ingested.source === 'zip') return ingested;
  const refused = ingested.refused.filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path));
  return { ...ingested, refused, ignored: [] };
}

function hasCalls({ cases }: LoadedPart): boolean {
  return [...cases.values()].some(({ plan }) => plan.calls.length > 0);
}

function hasDerived({ cases }: LoadedPart): boolean {
  return [...cases.values()].some(({ plan }) => plan.derived.length > 0);
}
