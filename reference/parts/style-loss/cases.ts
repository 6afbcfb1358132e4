import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { activation } from '../../cases/features.ts';
import { noise, type ImageShape } from '../../cases/inputs.ts';
import { painted } from '../../cases/pictures.ts';
import { lossAndGradient } from '../../cases/template-module.ts';
import { styleLoss } from './names.ts';

const { solution } = styleLoss;

const gramCase =
  (shape: ImageShape): CaseRecipe =>
  ({ stream }) => ({
    inputs: { features: noise(stream, shape, { mean: 0.3 }) },
    calls: [
      solution.call('normalized', 'gramMatrix', [{ tensor: 'features' }], { observe: true }),
      solution.call('explicit', 'gramMatrix', [{ tensor: 'features' }, { json: true }]),
      solution.call('plain', 'gramMatrix', [{ tensor: 'features' }, { json: false }]),
    ],
  });

/** Two positions of two channels: (1, 2) and (3, 4). */
const byHand: CaseRecipe = {
  inputs: { features: floats([1, 1, 2, 2], [1, 2, 3, 4]) },
  calls: [solution.call('plain', 'gramMatrix', [{ tensor: 'features' }, { json: false }])],
};

/** Layers that count are given out of order, among layers that do not count. */
function layersCase(options: {
  readonly shapes: readonly ImageShape[];
  readonly layers: readonly number[];
  readonly weights: readonly number[];
  readonly gradientLayer: number;
}): CaseRecipe {
  const { shapes, layers, weights, gradientLayer } = options;
  return ({ stream }) => {
    const features = shapes.map((shape, i) => [`features${i}`, noise(stream, shape, { mean: 0.2 })] as const);
    const targets = layers.map((layer, i) => {
      const channels = shapes[layer][3];
      return [`target${i}`, noise(stream, [1, channels, channels], { deviation: 0.1 })] as const;
    });
    const args = [
      { list: features.map(([tensor]) => ({ tensor })) },
      { json: [...layers] },
      { list: targets.map(([tensor]) => ({ tensor })) },
      { json: [...weights] },
    ];
    return {
      inputs: Object.fromEntries([...features, ...targets]),
      calls: lossAndGradient(solution, 'styleLoss', args, { argument: 0, path: [gradientLayer] }),
    };
  };
}

/** The channels of two positions as integers: sums of their products, over 4, are exact in any order. */
const [whole, half] = [
  [1, 2, 3, 4],
  [2, -1, 1, 3],
];
const normalizedGram = ([a, b, c, d]: readonly number[]): number[] =>
  [a * a + c * c, a * b + c * d, b * a + d * c, b * b + d * d].map((value) => value / 4);

/** The Gram matrix of layer 0 is its target, that of layer 1 is not. */
const equal: CaseRecipe = {
  inputs: {
    features0: floats([1, 1, 2, 2], whole),
    features1: floats([1, 2, 1, 2], half),
    target0: floats([1, 2, 2], normalizedGram(whole)),
    target1: floats([1, 2, 2], normalizedGram(whole)),
  },
  calls: lossAndGradient(
    solution,
    'styleLoss',
    [
      { list: [{ tensor: 'features0' }, { tensor: 'features1' }] },
      { json: [0, 1] },
      { list: [{ tensor: 'target0' }, { tensor: 'target1' }] },
      { json: [4, 0.5] },
    ],
    { argument: 0, path: [0] },
  ),
};

/** The style of one bundled picture against another's, in the embedded network. */
function networkCase(layers: readonly number[], weights: readonly number[]): CaseBody {
  const grams = layers.map((layer) =>
    solution.call(`gram-${layer}`, 'gramMatrix', [activation(painted('geometricMosaic', 64), layer)]),
  );
  const features = Array.from({ length: Math.max(...layers) + 1 }, (_, layer) =>
    activation(painted('landscape', 64), layer),
  );
  const targets = grams.map(({ id }) => result(id));
  const args = [{ list: features }, { json: [...layers] }, { list: targets }, { json: [...weights] }];
  const gradient = { argument: 0, path: [layers[0]] };
  return { calls: [...grams, ...lossAndGradient(solution, 'styleLoss', args, gradient)] };
}

const fourLayers: readonly ImageShape[] = [
  [1, 12, 12, 3],
  [1, 6, 6, 8],
  [1, 6, 6, 5],
  [1, 3, 3, 12],
];
const wideLayers: readonly ImageShape[] = [
  [1, 5, 9, 4],
  [1, 4, 7, 6],
  [1, 2, 4, 9],
];

export function styleLossCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(styleLoss, seed);
  return [
    publicCase('by-hand', byHand),
    publicCase('gram', gramCase([1, 6, 6, 8])),
    publicCase(
      'layers',
      layersCase({ shapes: fourLayers, layers: [1, 3], weights: [500, 12], gradientLayer: 1 }),
    ),
    publicCase('network', networkCase([1, 4, 6, 7], [20000, 500, 12, 1])),
    privateCase('gram-batch', gramCase([3, 4, 7, 5])),
    privateCase('gram-one-channel', gramCase([1, 5, 3, 1])),
    privateCase(
      'layers-wide',
      layersCase({ shapes: wideLayers, layers: [2, 0, 1], weights: [15, 1000, 3], gradientLayer: 0 }),
    ),
    privateCase('equal', equal),
    privateCase(
      'weight-zero',
      layersCase({ shapes: wideLayers, layers: [0, 1], weights: [0, 20], gradientLayer: 1 }),
    ),
  ];
}
