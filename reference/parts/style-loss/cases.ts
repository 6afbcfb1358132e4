import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats, sizeOf } from '../../../grader/format/literals.ts';
import { painted } from '../../cases/pictures.ts';
import { randomStream } from '../../lib/random.ts';
import { activation } from '../../cases/features.ts';

const MODULE = 'style-modules/style-loss.ts';

type Shape = readonly [number, number, number, number];

function gramCase(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  shape: Shape;
}): CaseDefinition {
  const { id, visibility, shape } = options;
  const stream = randomStream(options.seed).derive('style-loss').derive(id);
  const call = { module: MODULE, export: 'gramMatrix' };
  return {
    id,
    visibility,
    inputs: { features: floats(shape, stream.normals(sizeOf(shape), 0.3)) },
    calls: [
      { ...call, id: 'normalized', args: [{ tensor: 'features' }], observe: true },
      { ...call, id: 'plain', args: [{ tensor: 'features' }, { json: false }] },
    ],
    derived: [],
  };
}

/** Layers that count are given out of order, among layers that do not count. */
function styleCase(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  shapes: readonly Shape[];
  layers: readonly number[];
  weights: readonly number[];
  gradientLayer: number;
}): CaseDefinition {
  const { id, visibility, shapes, layers, weights } = options;
  const stream = randomStream(options.seed).derive('style-loss').derive(id);
  const features = shapes.map((shape) => floats(shape, stream.normals(sizeOf(shape), 0.2)));
  const targets = layers.map((layer) => {
    const channels = shapes[layer][3];
    return floats([1, channels, channels], stream.normals(channels * channels, 0, 0.1));
  });
  const name = (kind: string) => (_: unknown, i: number) => ({ tensor: `${kind}${i}` });
  const call = {
    module: MODULE,
    export: 'styleLoss',
    args: [
      { list: features.map(name('features')) },
      { json: [...layers] },
      { list: targets.map(name('target')) },
      { json: [...weights] },
    ],
  };
  return {
    id,
    visibility,
    inputs: Object.fromEntries([
      ...features.map((tensor, i) => [`features${i}`, tensor] as const),
      ...targets.map((tensor, i) => [`target${i}`, tensor] as const),
    ]),
    calls: [
      { ...call, id: 'loss', observe: true },
      { ...call, id: 'gradient', gradient: { argument: 0, path: [options.gradientLayer] } },
    ],
    derived: [],
  };
}

/** Two positions of two channels: (1, 2) and (3, 4). */
const byHand: CaseDefinition = {
  id: 'by-hand',
  visibility: 'public',
  inputs: { features: floats([1, 1, 2, 2], [1, 2, 3, 4]) },
  calls: [
    { id: 'plain', module: MODULE, export: 'gramMatrix', args: [{ tensor: 'features' }, { json: false }] },
  ],
  derived: [],
};

/** The style of one bundled picture against another's, in the embedded network. */
function networkCase(layers: readonly number[], weights: readonly number[]): CaseDefinition {
  const gram = (layer: number): Call => ({
    id: `gram-${layer}`,
    module: MODULE,
    export: 'gramMatrix',
    args: [activation(painted('geometricMosaic', 64), layer)],
  });
  const features = Array.from({ length: Math.max(...layers) + 1 }, (_, layer) =>
    activation(painted('landscape', 64), layer),
  );
  const targets = layers.map((layer): Argument => ({ result: { call: `gram-${layer}` } }));
  const args = [{ list: features }, { json: [...layers] }, { list: targets }, { json: [...weights] }];
  return {
    id: 'network',
    visibility: 'public',
    inputs: {},
    calls: [...layers.map(gram), { id: 'loss', module: MODULE, export: 'styleLoss', args }],
    derived: [],
  };
}

const fourLayers: readonly Shape[] = [
  [1, 12, 12, 3],
  [1, 6, 6, 8],
  [1, 6, 6, 5],
  [1, 3, 3, 12],
];
const wideLayers: readonly Shape[] = [
  [1, 5, 9, 4],
  [1, 4, 7, 6],
  [1, 2, 4, 9],
];

export function styleLossCases(seed: string): CaseDefinition[] {
  return [
    byHand,
    gramCase({ id: 'gram', visibility: 'public', seed, shape: [1, 6, 6, 8] }),
    styleCase({
      id: 'layers',
      visibility: 'public',
      seed,
      shapes: fourLayers,
      layers: [1, 3],
      weights: [500, 12],
      gradientLayer: 1,
    }),
    networkCase([1, 4, 6, 7], [20000, 500, 12, 1]),
    gramCase({ id: 'gram-batch', visibility: 'private', seed, shape: [3, 4, 7, 5] }),
    gramCase({ id: 'gram-one-channel', visibility: 'private', seed, shape: [1, 5, 3, 1] }),
    styleCase({
      id: 'layers-wide',
      visibility: 'private',
      seed,
      shapes: wideLayers,
      layers: [2, 0, 1],
      weights: [15, 1000, 3],
      gradientLayer: 0,
    }),
    styleCase({
      id: 'weight-zero',
      visibility: 'private',
      seed,
      shapes: wideLayers,
      layers: [0, 1],
      weights: [0, 20],
      gradientLayer: 1,
    }),
  ];
}
