import pLimit from 'p-limit';
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadAssignment } from '../assignment/load.ts';
import type { Assignment, LoadedPart } from '../assignment/loaded.ts';
import { withoutSourceMaps } from '../compile/source-map-comments.ts';
import type { Refusal } from '../ingest/choose.ts';
import type { IngestedSubmission } from '../ingest/ingest.ts';
import { stage } from '../ingest/stage.ts';
import { admit } from '../pipeline/intake/admit.ts';
import { checkTypes } from '../pipeline/intake/check-types.ts';
import { gradePart, type GradedPart } from '../pipeline/grade-part.ts';
import type { SourceReview } from '../pipeline/intake/review-sources.ts';
import { Run } from '../pipeline/run/run.ts';
import { selectParts } from '../pipeline/select-parts.ts';
import type { GradeReport, Notice } from '../report/grade-report.ts';
import { isAffected, type Version } from './affected-parts.ts';
import { editedGiven } from './edited-given.ts';
import { PracticeMachine } from './practice-machine.ts';

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
  /** Names of the parts to check; default: all. */
  readonly parts?: readonly string[];
  /** Check all of these parts, not only those that changed since they were checked last. Default: false. */
  readonly all?: boolean;
  /** Also check types; default: true. */
  readonly types?: boolean;
  /** Ends the run as soon as it is aborted: all parts that are not done by then are checked again by the next one. */
  readonly signal?: AbortSignal;
  /** Told of each report on the way: the first before any code runs, then one for each part that is done. */
  readonly onUpdate?: (report: GradeReport) => void;
  /** Told what went wrong on our side. */
  readonly onTrouble?: (message: string) => void;
}

/** The verdicts, and the type errors, which may take longer. */
export interface PracticeRun {
  readonly report: GradeReport;
  /** Ids of the parts that were run since the last run that was not aborted; the others stand as they were found. */
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

const ISOLATION = 'practice: your own code on your own computer, nothing keeps it in';

/** Where the handouts have students try things out. */
const TRY_FILE = 'try.ts';

/**
 * Grades a folder by the public half of an assignment, again and again, with the pipeline that grades on Gradescope.
 * What does not depend on the folder stays between two runs.
 */
export class PracticeSession {
  readonly assignment: Assignment;
  readonly #places: PracticePlaces;
  readonly #machine: PracticeMachine;
  /** Each part as it was checked last, and the version of the folder that it was checked in. */
  readonly #last = new Map<string, { readonly graded: GradedPart; readonly version: Version }>();
  /** Parts that an aborted run has checked. */
  readonly #untold = new Set<string>();
  /** One run after the other: a part's bundle has one place, and processes that compete are slow. */
  readonly #turn = pLimit(1);
  #runs = 0;
  /** Of the last run. */
  #parts: readonly LoadedPart[] = [];

  /** @throws GraderError when the assignment cannot be read */
  constructor(places: PracticePlaces) {
    this.#places = places;
    this.assignment = loadAssignment([places.assignment]);
    this.#machine = new PracticeMachine({ assignment: this.assignment, template: places.template });
  }

  /** Starts what another run of the same parts will need, without waiting for it. */
  warmUp(): Promise<void> {
    return this.#machine.warmUp(this.#parts);
  }

  /**
   * Checks a folder.
   * @throws GraderError when the assignment, the kit or this machine is at fault; the signal's reason when it is aborted
   */
  check(options: PracticeOptions): Promise<PracticeRun> {
    return this.#turn(async () => {
      const { calls } = this.#machine;
      const interrupt = (): void => calls.interrupt();
      calls.resume();
      options.signal?.throwIfAborted();
      options.signal?.addEventListener('abort', interrupt);
      try {
        return await this.#check(options);
      } finally {
        options.signal?.removeEventListener('abort', interrupt);
      }
    });
  }

  async #check(options: PracticeOptions): Promise<PracticeRun> {
    const { submission, signal } = options;
    /** What an aborted run is found to do wrong is nobody's fault. */
    const onTrouble = (message: string): void => {
      if (!signal?.aborted) options.onTrouble?.(message);
    };
    const { assignment: half, template, dependencies } = this.#places;
    const machine = this.#machine;
    const assignment = selectParts(this.assignment, options.parts);
    const { parts } = assignment;
    const run = new Run(
      { ...options, onTrouble, assignment: [half], template, dependencies },
      assignment,
      undefined,
    );
    run.learn({ isolation: ISOLATION });
    run.publish();
    // While a child loads TensorFlow.js, this process loads the parser.
    this.#parts = parts;
    await machine.warmUp(parts);
    const parser = import('../pipeline/intake/review-sources.ts');
    const admitted = await admit({ submission, template }, this.assignment);
    if ('refusal' in admitted) {
      run.learn(admitted);
      const refused = run.report();
      return { report: refused, checked: [], withTypes: Promise.resolve({ report: refused, types: [] }) };
    }
    const { allow } = this.assignment;
    const ingested = relevant(admitted.ingested, editedGiven({ folder: submission, template, allow }));
    const { files } = ingested;
    const isFirst = this.#runs === 0;
    const place = { ...machine.place, staged: join(machine.place.staged, String(this.#runs++)) };
    mkdirSync(machine.place.staged, { recursive: true });
    const laid = { template, files: withoutSourceMaps(files), directory: place.staged, allow };
    const staged = await stage(laid);
    const { reviewSources } = await parser;
    const review = reviewSources({ assignment, staged: place.staged, template });
    const version: Version = { files, review };
    const changed = parts.filter(
      (part) => options.all || isAffected({ part, version, before: this.#last.get(part.id)?.version }),
    );
    const stands = parts.flatMap((part) => {
      const last = changed.includes(part) ? undefined : this.#last.get(part.id);
      return last ? [last.graded] : [];
    });
    run.learn({ ingested, staged, review, graded: stands });
    run.publish();

    const { sandbox } = machine;
    const types = (): Promise<void> =>
      checkTypes({
        options: { types: options.types ?? true, dependencies },
        assignment,
        run,
        submission: { files, place, review },
        sandbox,
      });
    // The first run is slow to start and has a core to spare; after a save the verdicts come first.
    const early = isFirst ? types() : undefined;
    const given = machine.given(parts);
    const limit = pLimit(Math.min(2, availableParallelism()));
    const gradeOne = async (part: LoadedPart): Promise<void> => {
      if (signal?.aborted) return;
      const graded = await gradePart({
        part,
        review,
        bundler: machine.bundler,
        processOptions: machine.processOptions,
        given: await given,
        place,
        files,
        leaderboard: [],
        template,
        onTrouble,
      });
      if (signal?.aborted) return;
      this.#last.set(part.id, { graded, version });
      this.#untold.add(part.id);
      run.finish(graded);
      run.publish();
    };
    await Promise.all(changed.map((part) => limit(gradeOne, part)));
    const removeStaged = (): void => rmSync(place.staged, { recursive: true, force: true });
    if (signal?.aborted) {
      void Promise.resolve(early).then(removeStaged);
      throw signal.reason;
    }
    run.learn({ state: 'complete' });
    const done = run.report();
    const checked = [...this.#untold];
    this.#untold.clear();
    const withTypes = async (): Promise<TypedReport> => {
      await (early ?? types());
      removeStaged();
      return { report: run.report(), types: run.typeNotices };
    };
    return { report: done, checked, review, withTypes: withTypes() };
  }

  /** Ends all that was started and removes what lies on the disk. */
  close(): Promise<void> {
    return this.#machine.close();
  }
}

/**
 * A folder holds much besides what is submitted; of that, only code is worth a word.
 * @param edited given files, which only the checks and the grading pass over
 */
function relevant(ingested: IngestedSubmission, edited: readonly Refusal[]): IngestedSubmission {
  if (ingested.source === 'zip') return ingested;
  const refused = ingested.refused.filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path) && path !== TRY_FILE);
  return { ...ingested, refused: [...refused, ...edited], ignored: [] };
}
