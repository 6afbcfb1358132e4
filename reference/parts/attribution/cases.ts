import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats, integers } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { labelledNoise, noise, type Size } from '../../cases/inputs.ts';
import { linearModel, twoLayerModel, type SmallModel } from '../../cases/models.ts';
import type { PairRole } from '../../cases/pair-role.ts';
import type { ImageRequest } from '../../cases/network-role.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import { attribution } from './names.ts';

const { solution, completeness, figure } = attribution;

/** What is asked for by the name of a call: a map at a scale, or integrated gradients; or what comes without options. */
type Asked = Readonly<
  Record<
    string,
    | { readonly scale?: number }
    | { readonly steps: number; readonly withBaseline?: boolean }
    | 'attribute'
    | 'integratedGradients'
  >
>;

const callsOf = (asked: Asked, images: Argument, model: Argument, options?: CallOptions): Call[] =>
  Object.entries(asked).map(([id, one]) => {
    const args = [images, { tensor: 'labels' }, model];
    if (typeof one === 'string') return solution.call(id, one, args, options);
    if (!('steps' in one)) return solution.call(id, 'attribute', [...args, { json: one }], options);
    const record: Record<string, Argument> = { steps: { number: one.steps } };
    if (one.withBaseline) record.baseline = { tensor: 'baseline' };
    return solution.call(id, 'integratedGradients', [...args, { record }], options);
  });

function smallCase(
  labels: readonly number[],
  size: Size,
  { model, weights }: SmallModel,
  asked: Asked,
): Exclude<CaseRecipe, CaseBody> {
  return ({ stream }) => ({
    inputs: {
      ...labelledNoise(stream, labels, size),
      baseline: noise(stream, [1, ...size, 3], { deviation: 0.5 }),
      ...weights(stream, size),
    },
    calls: callsOf(asked, { tensor: 'images' }, model, { observe: true }),
  });
}

/** The same map again for other classes. */
function linearCase(labels: readonly number[], others: readonly number[]): CaseRecipe {
  const { model, weights } = linearModel(3);
  const asked: Asked = { faint: { scale: 0.05 }, integrated: { steps: 8 } };
  return (randomness) => {
    const { inputs, calls } = smallCase(labels, [5, 5], { model, weights }, asked)(randomness);
    const args = [{ tensor: 'images' }, { tensor: 'otherLabels' }, model, { json: asked.faint }];
    return {
      inputs: { ...inputs, otherLabels: integers(others) },
      calls: [...calls, solution.call('other-classes', 'attribute', args)],
    };
  };
}

/** Units with a bias: the scale decides which of them are on. */
const reluModel = (classes: number): SmallModel =>
  twoLayerModel({ units: 12, classes, deviation: 0.3, bias: 1.5 });

/** A batch whose first image is the baseline itself: there is no way to go, and nothing to attribute. */
const atBaseline: CaseRecipe = ({ stream }) => {
  const size: Size = [4, 5];
  const { model, weights } = reluModel(3);
  const { images, labels } = labelledNoise(stream, [1, 2], size);
  const baseline = floats([1, ...size, 3], images.data.slice(0, images.data.length / 2));
  return {
    inputs: { images, labels, baseline, ...weights(stream, size) },
    calls: callsOf({ integrated: { steps: 6, withBaseline: true } }, { tensor: 'images' }, model),
  };
};

/** A deep network on pictures; completeness is judged by its own scores, from the bytes that came back. */
function networkCase(
  pair: PairRole,
  which: 'standard' | 'robust',
  request: Omit<ImageRequest, 'seed'>,
  asked: Asked,
  { drawn }: { readonly drawn: boolean },
): CaseRecipe {
  const { model } = pair[which];
  const isIntegral = (one: Asked[string]): boolean => typeof one === 'object' && 'steps' in one;
  const toComplete = Object.values(asked).some(isIntegral);
  return ({ seed }) => {
    const own = { ...request, seed };
    const { images, labels: explained } = toComplete
      ? pair.imagesToComplete(which, own)
      : pair.imagesFor(own);
    const scaled = Object.entries(asked).flatMap(([call, one]) =>
      typeof one === 'object' && !('steps' in one)
        ? [{ record: { scale: { number: one.scale ?? 1 }, maps: result(call) } }]
        : [],
    );
    const integrals = Object.keys(asked)
      .filter((call) => isIntegral(asked[call]))
      .map((call) => result(call));
    const gaps = integrals.map((integrated) =>
      completeness.call('gap', 'completenessGap', [integrated, images, { tensor: 'labels' }, model]),
    );
    const block: Argument = {
      record: {
        images,
        names: { json: Array.from(explained.data, (label) => `class ${label}`) },
        scaled: { list: scaled },
        integrated: integrals[0],
      },
    };
    return {
      inputs: { labels: explained },
      calls: callsOf(asked, images, model, pair.longCall),
      derived: drawn ? [...gaps, figure.call('picture', 'attributionPicture', [block])] : gaps,
    };
  };
}

export function attributionCases(seed: string, pair: PairRole): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(attribution, seed);
  return [
    // The map is |W| at any scale, and integrated gradients are (I - B) * W with any number of points.
    publicCase('linear', linearCase([2, 0], [1, 2])),
    publicCase(
      'relu',
      smallCase([1, 1, 0], [4, 6], reluModel(2), {
        full: {},
        faint: { scale: 0.2 },
        integrated: { steps: 10 },
      }),
    ),
    publicCase(
      'network',
      networkCase(
        pair,
        'standard',
        { labels: [2, 8], size: 96 },
        { faint: { scale: 0.05 }, full: {}, integrated: { steps: 24 } },
        { drawn: true },
      ),
    ),
    privateCase(
      'relu-batch',
      smallCase([3, 0, 2, 1], [7, 3], reluModel(4), {
        faint: { scale: 0.01 },
        middle: { scale: 0.35 },
        integrated: { steps: 7 },
      }),
    ),
    privateCase(
      'baseline',
      smallCase([2, 1], [5, 6], reluModel(3), { integrated: { steps: 5, withBaseline: true } }),
    ),
    privateCase('at-baseline', atBaseline),
    privateCase(
      'defaults',
      smallCase([0, 2], [6, 4], reluModel(3), { maps: 'attribute', integrated: 'integratedGradients' }),
    ),
    privateCase(
      'network-batch',
      networkCase(
        pair,
        'robust',
        { labels: [0, 5, 8], size: 72 },
        { faint: { scale: 0.3 } },
        { drawn: false },
      ),
    ),
    privateCase(
      'network-complete',
      networkCase(
        pair,
        'robust',
        { labels: [3, 7], size: 128 },
        { integrated: { steps: 24 } },
        { drawn: false },
      ),
    ),
  ];
}
