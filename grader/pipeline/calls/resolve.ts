import type { TensorData } from '../../format/tensor-data.ts';
import type { ResolvedArgument } from '../../format/messages.ts';
import { describeValue, kindOfValue, valueAt, type ValueTree } from '../../format/value-tree.ts';
import type { Argument, CasePlan } from '../../format/call-plan.ts';
import type { CallOutcome, CaseOutcomes } from '../../format/outcome.ts';
import { keyOfGiven, type GivenArgument, type GivenValue } from '../../format/given-value.ts';
import type { TemplateWeights } from './template-weights.ts';
import { describeNonFinite, findNonFinite, type NonFinite } from '../../numeric/non-finite.ts';

/** An argument takes what an earlier call returned, and that is not available. */
export class UnresolvedArgument extends Error {
  readonly outcome: Exclude<CallOutcome, { kind: 'returned' }>;
  constructor(outcome: Exclude<CallOutcome, { kind: 'returned' }>) {
    super('an argument could not be resolved');
    this.outcome = outcome;
  }
}

/** Turns the arguments of a call into ones a child can take, and gathers the tensors that must travel with them. */
export class ArgumentResolver {
  readonly tensors: Record<string, TensorData> = {};
  readonly #inputs: Readonly<Record<string, TensorData>>;
  readonly #outcomes: CaseOutcomes;
  readonly #plan: CasePlan;
  readonly #given: ReadonlyMap<string, GivenValue>;
  readonly #weights: TemplateWeights;

  constructor(options: {
    inputs: Readonly<Record<string, TensorData>>;
    outcomes: CaseOutcomes;
    plan: CasePlan;
    /** Values of given code that are known, by {@link keyOfGiven}. */
    given: ReadonlyMap<string, GivenValue>;
    weights: TemplateWeights;
  }) {
    this.#inputs = options.inputs;
    this.#outcomes = options.outcomes;
    this.#plan = options.plan;
    this.#given = options.given;
    this.#weights = options.weights;
  }

  resolve(argument: Argument): ResolvedArgument {
    if ('tensor' in argument) return this.#send(`input.${argument.tensor}`, this.#inputs[argument.tensor]);
    if ('list' in argument) return { list: argument.list.map((item) => this.resolve(item)) };
    if ('record' in argument) {
      const entries = Object.entries(argument.record).map(
        ([key, item]) => [key, this.resolve(item)] as const,
      );
      return { record: Object.fromEntries(entries) };
    }
    if ('weights' in argument) return this.#weightsIn(argument.weights);
    if ('given' in argument) return this.#givenValue(argument);
    if ('result' in argument) return this.#result(argument.result.call, argument.result.path ?? []);
    return argument;
  }

  #send(name: string, tensor: TensorData): ResolvedArgument {
    this.tensors[name] = tensor;
    return { tensor: name };
  }

  #givenValue(argument: GivenArgument): ResolvedArgument {
    const known = this.#given.get(keyOfGiven(argument));
    const passed = known && this.#pass('given', known.value, known.tensors);
    if (passed) return passed;
    return { given: { ...argument.given, args: argument.given.args.map((item) => this.resolve(item)) } };
  }

  #weightsIn(path: string): ResolvedArgument {
    const entries = Object.entries(this.#weights.of(path)).map(
      ([name, tensor]) => [name, this.#send(`${path}:${name}`, tensor)] as const,
    );
    return { record: Object.fromEntries(entries) };
  }

  #result(call: string, path: readonly (string | number)[]): ResolvedArgument {
    const outcome = this.#outcomes.get(call);
    if (!outcome || outcome.kind !== 'returned') {
      throw new UnresolvedArgument(
        outcome ?? {
          kind: 'errored',
          message: `the plan passes on the result of ${call}, which comes later`,
        },
      );
    }
    const value = valueAt(outcome.value, path);
    const broken = value && nonFiniteIn(value, outcome.tensors);
    if (broken) {
      // Given code would make of it what looks like a picture, or an error about something else.
      const summary = `what ${this.#nameOf(call)} returned has values that are NaN or infinite`;
      const details = [describeNonFinite(broken)];
      throw new UnresolvedArgument({ kind: 'failed', reason: 'not-finite', summary, details });
    }
    const passed = value && this.#pass(`result.${call}`, value, outcome.tensors);
    if (passed) return passed;
    const place = path.length > 0 ? ` at ${path.join('.')}` : '';
    const summary = `the result${place} cannot be used: it is ${kindOfValue(value)}`;
    const details = [`it is ${describeValue(value)}`];
    throw new UnresolvedArgument({ kind: 'failed', reason: 'wrong-result', summary, details });
  }

  #nameOf(id: string): string {
    const { calls, derived } = this.#plan;
    return [...calls, ...derived].find((call) => call.id === id)?.export ?? id;
  }

  #pass(
    prefix: string,
    value: ValueTree,
    tensors: Readonly<Record<string, TensorData>>,
  ): ResolvedArgument | undefined {
    if ('tensor' in value) return this.#send(`${prefix}.${value.tensor}`, tensors[value.tensor]);
    if ('number' in value) return typeof value.number === 'number' ? { number: value.number } : undefined;
    if ('text' in value) return { json: value.text };
    if ('boolean' in value) return { json: value.boolean };
    if ('list' in value) {
      const items = value.list.map((item) => this.#pass(prefix, item, tensors));
      return items.every((item) => item !== undefined) ? { list: items } : undefined;
    }
    if ('record' in value) {
      const entries = Object.entries(value.record).map(
        ([key, item]) => [key, this.#pass(prefix, item, tensors)] as const,
      );
      const known = entries.filter((entry): entry is [string, ResolvedArgument] => entry[1] !== undefined);
      return known.length === entries.length ? { record: Object.fromEntries(known) } : undefined;
    }
    return undefined;
  }
}

/** What is not finite in a value, of the first tensor or number that holds any. */
function nonFiniteIn(
  value: ValueTree,
  tensors: Readonly<Record<string, TensorData>>,
  // A list can name one tensor thousands of times.
  seen = new Set<string>(),
): NonFinite | undefined {
  if ('number' in value) {
    const number = Number(value.number);
    return Number.isFinite(number) ? undefined : { count: 1, size: 1, first: { index: [], value: number } };
  }
  if ('tensor' in value) {
    if (seen.has(value.tensor)) return undefined;
    seen.add(value.tensor);
    return findNonFinite(tensors[value.tensor]);
  }
  const inside = 'list' in value ? value.list : 'record' in value ? Object.values(value.record) : [];
  for (const item of inside) {
    const found = nonFiniteIn(item, tensors, seen);
    if (found) return found;
  }
  return undefined;
}
