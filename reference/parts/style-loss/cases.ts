import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { activation, activationsUpTo } from '../../cases/features.ts';
import { noise, type ImageShape } from '../../cases/inputs.ts';
import type { Roles } from '../../cases/roles.ts';
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

/** What the student's gramMatrix makes of the same features: a mistake of it is charged where it is judged. */
const ownGrams = (layers: readonly number[], featuresAt: (layer: number) => Argument): Call[] =>
  layers.map((layer) => solution.call(`own-${layer}`, 'gramMatrix', [featuresAt(layer)]));

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
      calls: [
        ...lossAndGradient(solution, 'styleLoss', args, { argument: 0, path: [gradientLayer] }),
        ...ownGrams(layers, (layer) => ({ tensor: `features${layer}` })),
      ],
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

/** The style of one picture against another's, in a deep network. */
function networkCase({ painting, losses }: Roles): CaseBody {
  const { layers, weights, current, style } = losses.style;
  const grams = layers.map((layer) =>
    solution.call(`gram-${layer}`, 'gramMatrix', [activation(style, painting, layer)]),
  );
  const featuresAt = (layer: number): Argument => activation(current, painting, layer);
  const features = activationsUpTo(current, painting, Math.max(...layers));
  const targets = grams.map(({ id }) => result(id));
  const args = [features, { json: [...layers] }, { list: targets }, { json: [...weights] }];
  const gradient = { argument: 0, path: [layers[0]] };
  return {
    calls: [
      ...grams,
      ...lossAndGradient(solution, 'styleLoss', args, gradient),
      ...ownGrams(layers, featuresAt),
    ],
  };
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

/** The layers that count in each case of the loss on noise, and their weights. */
export const terms = {
  layers: { layers: [1, 3], weights: [500, 12] },
  'layers-wide': { layers: [2, 0, 1], weights: [15, 1000, 3] },
  'weight-zero': { layers: [0, 1], weights: [0, 20] },
} as const;

export function styleLossCases(seed: string, roles: Roles): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(styleLoss, seed);
  return [
    publicCase('by-hand', byHand),
    publicCase('gram', gramCase([1, 6, 6, 8])),
    publicCase('layers', layersCase({ shapes: fourLayers, ...terms.layers, gradientLayer: 1 })),
    publicCase('network', networkCase(roles)),
    privateCase('gram-batch', gramCase([3, 4, 7, 5])),
    privateCase('gram-one-channel', gramCase([1, 5, 3, 1])),
    privateCase('layers-wide', layersCase({ shapes: wideLayers, ...terms['layers-wide'], gradientLayer: 0 })),
    privateCase('equal', equal),
    privateCase('weight-zero', layersCase({ shapes: wideLayers, ...terms['weight-zero'], gradientLayer: 1 })),
  ];
}
