import type { LoadedCase } from '../../grader/assignment/loaded.ts';
import type { Argument, Call } from '../../grader/format/call-plan.ts';

/** Functions of the assignment that `python/` computes, by their names in call plans. */
export const COMPUTED: ReadonlySet<string> = new Set([
  'attribute',
  'classVisualizationStep',
  'computeSaliencyMaps',
  'contentLoss',
  'contrast',
  'createClassVisualization',
  'gradCam',
  'gramMatrix',
  'guidedBackprop',
  'integratedGradients',
  'maximizeActivation',
  'minimalChange',
  'objectiveScore',
  'optimizerStep',
  'regularizationPenalty',
  'saliencyVariant',
  'styleLoss',
  'styleTransfer',
  'styleTransferLoss',
  'styleTransferStep',
  'styleTransferTargets',
  'tvLoss',
  'watchedClimb',
]);

/** Given functions that it computes, too: networks, and their activations. All others are pictures to start from. */
const COMPUTED_GIVEN: ReadonlySet<string> = new Set([
  'activationAt',
  'activationsUpTo',
  'linearClassifier',
  'oneConvolution',
  'shapesClassifier',
  'squeezenet',
  'twoLayerRelu',
]);

/** A value that given code of the template makes, and the name under which its tensor goes into the plan. */
export interface GivenPicture {
  readonly name: string;
  readonly call: Call;
}

/** The calls of one case as `python/` takes them. */
export interface OracleCase {
  /** Part and case. */
  readonly id: string;
  readonly loaded: LoadedCase;
  readonly calls: readonly Call[];
  readonly pictures: readonly GivenPicture[];
}

/** Gives each picture that an argument takes from given code a name, once for each case. */
class Pictures {
  readonly #named = new Map<string, GivenPicture>();

  get all(): readonly GivenPicture[] {
    return [...this.#named.values()];
  }

  /** The argument with names in place of pictures. */
  replace(argument: Argument): Argument {
    if ('list' in argument) return { list: argument.list.map((item) => this.replace(item)) };
    if ('record' in argument) {
      const entries = Object.entries(argument.record).map(([key, item]) => [key, this.replace(item)]);
      return { record: Object.fromEntries(entries) as Record<string, Argument> };
    }
    if (!('given' in argument)) return argument;
    const { given } = argument;
    if (!COMPUTED_GIVEN.has(given.export)) return { tensor: this.#nameOf(given) };
    // What a network is called is none of PyTorch's business, and may be made by given code.
    const args = given.export === 'squeezenet' ? given.args.slice(0, 1) : given.args;
    return { given: { ...given, args: args.map((item) => this.replace(item)) } };
  }

  #nameOf({ module, export: name, args }: Extract<Argument, { given: unknown }>['given']): string {
    const key = JSON.stringify([module, name, args]);
    const known = this.#named.get(key);
    if (known) return known.name;
    const picture = `given-${this.#named.size}`;
    this.#named.set(key, { name: picture, call: { id: picture, module, export: name, args: [...args] } });
    return picture;
  }
}

/** A case as far as PyTorch computes it; undefined where there is a call that it does not. */
export function oracleCase(part: string, loaded: LoadedCase): OracleCase | undefined {
  const { calls: all } = loaded.plan;
  if (!all.every((call) => COMPUTED.has(call.export))) return undefined;
  const pictures = new Pictures();
  const calls = all.map((call) => ({
    ...call,
    args: call.args.map((argument) => pictures.replace(argument)),
  }));
  return { id: `${part}/${loaded.plan.id}`, loaded, calls, pictures: pictures.all };
}

/** The calls whose results an argument takes. */
function sourcesOf(argument: Argument): string[] {
  if ('result' in argument) return [argument.result.call];
  if ('list' in argument) return argument.list.flatMap(sourcesOf);
  if ('record' in argument) return Object.values(argument.record).flatMap(sourcesOf);
  return 'given' in argument ? argument.given.args.flatMap(sourcesOf) : [];
}

/** A case with those calls alone whose results are wanted, and those that they build on. */
export function onlyCalls(one: OracleCase, isWanted: (id: string) => boolean): OracleCase {
  const needed = new Set<string>();
  // Calls build on earlier ones.
  for (const { id, args } of one.calls.toReversed()) {
    if (!isWanted(id) && !needed.has(id)) continue;
    for (const source of [id, ...args.flatMap(sourcesOf)]) needed.add(source);
  }
  return { ...one, calls: one.calls.filter(({ id }) => needed.has(id)) };
}
