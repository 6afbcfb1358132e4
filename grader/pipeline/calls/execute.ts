import type { Argument, Call, CasePlan } from '../../format/call-plan.ts';
import { keyOfGiven, type GivenArgument } from '../../format/given-value.ts';
import type { AnswerBudgets } from './answer-budgets.ts';
import type { BundleProcess, CallBounds } from '../processes/bundle-process.ts';
import { MiB } from '../../format/units.ts';
import type { LoadedCase } from '../../assignment/loaded.ts';
import type { CallOutcome, CaseOutcomes } from '../../format/outcome.ts';
import type { Patience } from '../processes/patience.ts';
import { ArgumentResolver, UnresolvedArgument } from './resolve.ts';
import type { TemplateWeights } from './template-weights.ts';

/** Weights of a network of full size are more, those of the networks that a template carries less. */
const MUCH_WEIGHT = 2 * MiB;

/** All modules that the calls name, those of given values included unless these are known. */
export function modulesOf(
  calls: readonly Call[],
  isKnown: (argument: GivenArgument) => boolean = () => false,
): string[] {
  const modules = new Set<string>();
  const visit = (argument: Argument): void => {
    if ('list' in argument) argument.list.forEach(visit);
    if ('record' in argument) Object.values(argument.record).forEach(visit);
    if ('given' in argument && !isKnown(argument)) {
      modules.add(argument.given.module);
      argument.given.args.forEach(visit);
    }
  };
  for (const call of calls) {
    modules.add(call.module);
    call.args.forEach(visit);
  }
  return [...modules].sort();
}

/** The modules that calls of some cases need, with what is stored of given values at hand. */
export function modulesOfCases(
  cases: Iterable<LoadedCase>,
  callsOf: (plan: CasePlan) => readonly Call[],
): string[] {
  const modules = [...cases].flatMap(({ plan, given }) =>
    modulesOf(callsOf(plan), (argument) => given().has(keyOfGiven(argument))),
  );
  return [...new Set(modules)].sort();
}

/** What answers calls, and can let go of memory between them. */
type Caller = Pick<BundleProcess, 'call'> & Partial<Pick<BundleProcess, 'makeRoom'>>;

async function makeCall(options: {
  call: Call;
  loadedCase: LoadedCase;
  outcomes: CaseOutcomes;
  weights: TemplateWeights;
  process: Caller;
  bounds: CallBounds;
}): Promise<CallOutcome> {
  const { call, loadedCase, outcomes, weights, process, bounds } = options;
  const resolver = new ArgumentResolver({
    inputs: loadedCase.inputs(),
    outcomes,
    plan: loadedCase.plan,
    given: loadedCase.given(),
    weights,
  });
  try {
    const args = call.args.map((argument) => resolver.resolve(argument));
    return await process.call(call, args, resolver.tensors, bounds);
  } catch (error) {
    if (error instanceof UnresolvedArgument) return error.outcome;
    throw error;
  }
}

/**
 * Carries out one case: the calls into the submission in its own process, then the derived calls in ours, on the
 * bytes that came back.
 */
export async function executeCase(options: {
  loadedCase: LoadedCase;
  /** Runs the submission. */
  submission: Caller;
  /** Runs given code of the pristine template. */
  given: () => Caller;
  /** Of the template. */
  weights: TemplateWeights;
  /** What each answer may hold; default: much, for code of our own. */
  budgets?: Pick<AnswerBudgets, 'of'>;
  /** Of the part; default: without end, for code of our own. */
  patience?: Patience;
  /** Whether the process of a network of full size ends before the other one works. */
  oneAtATime?: boolean;
}): Promise<CaseOutcomes> {
  const { loadedCase, weights } = options;
  const { plan } = loadedCase;
  const outcomes = new Map<string, CallOutcome>();
  const make = (call: Call, process: Caller): Promise<CallOutcome> => {
    const { budgets, patience } = options;
    const refusal = patience?.refusalOf(call);
    if (refusal) return Promise.resolve(refusal);
    const bounds = { budget: budgets?.of(plan.id, call.id), patience };
    return makeCall({ call, loadedCase, outcomes, weights, process, bounds });
  };
  for (const call of plan.calls) outcomes.set(call.id, await make(call, options.submission));
  if (plan.derived.length === 0) return outcomes;
  // By the plan alone: code that keeps something from case to case is to find the same on each machine and at home.
  const oneAtATime = options.oneAtATime === true && weights.bytesFor(plan) > MUCH_WEIGHT;
  if (oneAtATime) await options.submission.makeRoom?.();
  const given = options.given();
  for (const call of plan.derived) {
    const outcome = await make(call, given);
    outcomes.set(call.id, outcome.kind === 'failed' ? blame(call, outcome, outcomes) : outcome);
  }
  if (oneAtATime) await given.makeRoom?.();
  return outcomes;
}

/** The calls whose results an argument takes, at any depth. */
function sourcesOf(argument: Argument): string[] {
  if ('result' in argument) return [argument.result.call];
  if ('list' in argument) return argument.list.flatMap(sourcesOf);
  if ('record' in argument) return Object.values(argument.record).flatMap(sourcesOf);
  if ('given' in argument) return argument.given.args.flatMap(sourcesOf);
  return [];
}

/** A derived call that fails on a submission's result fails because of that result. */
function blame(
  call: Call,
  outcome: Extract<CallOutcome, { kind: 'failed' }>,
  outcomes: CaseOutcomes,
): CallOutcome {
  const sources = call.args.flatMap(sourcesOf);
  // The part's time is up, through calls of the submission.
  if (sources.length === 0 && outcome.reason === 'not-run') return outcome;
  if (sources.length === 0) return { kind: 'errored', message: `given code failed: ${outcome.summary}` };
  const upstream = sources.map((id) => outcomes.get(id)).find((one) => one?.kind === 'failed');
  if (upstream) return upstream;
  if (['wrong-result', 'not-finite', 'not-run'].includes(outcome.reason)) return outcome;
  const summary =
    outcome.reason === 'time-out'
      ? 'making something of what the function returned took too long (are its shape and its values right?)'
      : 'what the function returned has a form that nothing can be made of (is its shape right?)';
  return { kind: 'failed', reason: 'wrong-result', summary, details: outcome.details };
}
