import type { Bundle, Bundler } from '../compile/bundle.ts';
import type { CheckResult, LeaderboardValue } from '../report/grade-report.ts';
import type { LeaderboardEntry } from '../assignment/policy.ts';
import { phase } from '../format/phase.ts';
import { answerBudgets, type AnswerBudgets } from './calls/answer-budgets.ts';
import { BundleProcess, type BundleProcessOptions } from './processes/bundle-process.ts';
import { NotReady } from './processes/start-child.ts';
import { partEvidence } from './judging/evidence-of-part.ts';
import type { GivenCaller } from './calls/given-code.ts';
import type { GradeOptions } from './grade-options.ts';
import { executeCase, modulesOfCases } from './calls/execute.ts';
import { IncidentLog } from './processes/incident-log.ts';
import { erroredChecks, judgePart } from './judging/judge-part.ts';
import { leaderboardValues } from './judging/leaderboard-values.ts';
import { Patience } from './processes/patience.ts';
import type { PrintedBytes } from './processes/printed-output.ts';
import type { LoadedPart } from '../assignment/loaded.ts';
import type { Incident } from '../format/incident.ts';
import type { CaseOutcomes } from '../format/outcome.ts';
import { GiB } from '../format/units.ts';
import type { SourceReview } from './intake/review-sources.ts';
import { SpareChildren } from './processes/spare-children.ts';
import { listModules } from './intake/template-files.ts';
import { TemplateWeights } from './calls/template-weights.ts';
import type { Workplace } from './workplace.ts';

export interface GradePartOptions {
  readonly part: LoadedPart;
  readonly review: SourceReview;
  readonly bundler: Bundler;
  readonly processOptions: Omit<BundleProcessOptions, 'name' | 'bundle'>;
  /** Runs given code of the pristine template. */
  readonly given: GivenCaller;
  readonly place: Workplace;
  /** The files that were submitted. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly leaderboard: readonly LeaderboardEntry[];
  /** The pristine template. */
  readonly template: string;
  /** Told what went wrong on our side. */
  readonly onTrouble: (message: string) => void;
  readonly onJudged?: NonNullable<GradeOptions['onJudged']>;
}

export interface GradedPart {
  readonly part: LoadedPart;
  readonly checks: readonly CheckResult[];
  /** On public inputs. */
  readonly printed: PrintedBytes;
  readonly seconds: number;
  /** Most resident memory of a process that ran the submission, bytes; 0 where nobody has looked. */
  readonly peakBytes: number;
  /** False when the code could not be bundled. */
  readonly compiles: boolean;
  readonly leaderboard: readonly LeaderboardValue[];
  readonly incidents: readonly Incident[];
  /** What the process said of itself; undefined when none was needed. */
  readonly environment: BundleProcess['environment'];
  /** Why none of the processes that run the submission got ready to compute, where that ended the part. */
  readonly notReady?: string;
}

async function bundlePart({ part, review, bundler, place }: GradePartOptions): Promise<Bundle> {
  const refused = review.refusedImports.get(part.id);
  if (refused) return { ok: false, problems: refused };
  const modules = modulesOfCases(part.cases.values(), ({ calls }) => calls);
  return phase('bundle', part.id, () => bundler.bundle({ staged: place.staged, modules }));
}

async function executePart(
  { part, given, template, processOptions: { timeFactor } }: GradePartOptions,
  submission: BundleProcess,
  { budgets, log }: { budgets: AnswerBudgets; log: IncidentLog },
): Promise<{ outcomes: Map<string, CaseOutcomes>; printed: PrintedBytes }> {
  const outcomes = new Map<string, CaseOutcomes>();
  const weights = new TemplateWeights(template);
  const patience = new Patience(timeFactor);
  const means = { submission, given: () => given, weights, budgets, patience, oneAtATime: true };
  let printed: PrintedBytes | undefined;
  for (const [id, loadedCase] of part.cases) {
    // Public cases come first. What is printed after them could tell of inputs that nobody is to know.
    if (loadedCase.half === 'private') printed ??= await submission.settleOutput();
    log.case = id;
    outcomes.set(id, await executeCase({ loadedCase, ...means }));
  }
  return { outcomes, printed: printed ?? (await submission.settleOutput()) };
}

/**
 * Compiles, executes and judges one part. When the fault is ours, its checks are `errored` and the other parts go
 * on; it never throws.
 */
export async function gradePart(run: GradePartOptions): Promise<GradedPart> {
  const { part, files, template } = run;
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  const trouble = (where: string, message: string): void => run.onTrouble(`${where}: ${message}`);
  const log = new IncidentLog(part);
  let submission: BundleProcess | undefined;
  let ahead: SpareChildren | undefined;
  try {
    ahead = startAhead(run);
    const bundle = await bundlePart(run);
    const sources = { submitted: new Set(files.keys()), given: listModules(template) };
    const budgets = phase('judging', `${part.id}: budgets`, () => answerBudgets(part));
    submission = new BundleProcess({
      ...run.processOptions,
      ...(ahead ? { spare: () => ahead?.take() } : {}),
      name: part.id,
      bundle,
      files: sources,
      answerBytes: budgets.partBytes,
      onIncident: (incident, call) => log.note(incident, call),
    });
    // What other parts have cost it is not held against this one.
    run.given.resetBudgets();
    const { outcomes, printed } = await executePart(run, submission, { budgets, log });
    await submission.close();
    const evidence = partEvidence({ part, outcomes, review: run.review, files, template });
    const checks = phase('judging', part.id, () => judgePart(part, evidence, trouble));
    run.onJudged?.({ part, evidence, checks });
    const { environment, peakBytes } = submission;
    const leaderboard = leaderboardValues({
      entries: run.leaderboard,
      part: part.id,
      privateCases: new Set([...part.cases].flatMap(([id, { half }]) => (half === 'private' ? [id] : []))),
      outcomes,
      checks,
    });
    const { incidents } = log;
    return {
      part,
      checks,
      printed,
      environment,
      peakBytes,
      compiles: bundle.ok,
      leaderboard,
      incidents,
      seconds: seconds(),
    };
  } catch (error) {
    trouble(part.id, error instanceof Error ? (error.stack ?? error.message) : String(error));
    await submission?.close();
    const nothing = { bytes: 0, text: '' };
    return {
      part,
      checks: erroredChecks(part),
      printed: nothing,
      environment: undefined,
      peakBytes: submission?.peakBytes ?? 0,
      compiles: true,
      leaderboard: [],
      incidents: log.incidents,
      seconds: seconds(),
      // Given code needs no device.
      ...(error instanceof NotReady && error.bundle === part.id ? { notReady: error.message } : {}),
    };
  } finally {
    await ahead?.close();
  }
}

/** What the bundler and a child take together while both start, with all that runs beside them. */
const ENOUGH_BYTES = 1 * GiB;

/**
 * Starts the part's child while its code is bundled, where processes and memory allow, and nobody else has done so.
 * @returns undefined where none was started
 */
function startAhead({ part, review, processOptions }: GradePartOptions): SpareChildren | undefined {
  const { spare, sandbox } = processOptions;
  const allowed = process.constrainedMemory?.() ?? 0;
  const isScarce = sandbox.layers.fewProcesses === true || (allowed > 0 && allowed < ENOUGH_BYTES);
  const isNeeded = part.cases.size > 0 && !review.refusedImports.has(part.id);
  if (spare !== undefined || isScarce || !isNeeded) return undefined;
  const children = new SpareChildren(processOptions);
  children.prepare(1);
  return children;
}
