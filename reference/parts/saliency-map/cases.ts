import type { Argument } from '../../../grader/spec/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/spec/define.ts';
import { floats, integers } from '../../../grader/spec/literals.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';

const FUNCTION = { module: 'visualizers/saliency-map.ts', export: 'computeSaliencyMaps' };

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);
const noise = (stream: RandomStream, shape: readonly number[], deviation = 1): TensorData =>
  floats(shape, stream.normals(sizeOf(shape), 0, deviation));

interface CaseOptions {
  readonly id: string;
  readonly visibility: CaseDefinition['visibility'];
  readonly seed: string;
  readonly labels: readonly number[];
  /** Height and width. */
  readonly size: readonly [number, number];
  readonly classes: number;
}

/** Assembles a case: one observed call with the model made by a given function of the case's tensors. */
function saliencyCase(
  { id, visibility, labels, size, seed }: CaseOptions,
  makeModel: (stream: RandomStream) => { model: Argument; weights: Record<string, TensorData> },
): CaseDefinition {
  const stream = randomStream(seed).derive('saliency-map').derive(id);
  const images = noise(stream, [labels.length, ...size, 3]);
  const { model, weights } = makeModel(stream);
  const args = [{ tensor: 'images' }, { tensor: 'labels' }, model];
  return {
    id,
    visibility,
    inputs: { images, labels: integers(labels), ...weights },
    calls: [{ ...FUNCTION, id: 'maps', args, observe: true }],
    derived: [],
  };
}

/** On a linear model the map is max_c |W_y|, whatever the image: a closed form. */
function linearCase(options: CaseOptions): CaseDefinition {
  return saliencyCase(options, (stream) => ({
    weights: { weights: noise(stream, [...options.size, 3, options.classes]) },
    model: {
      given: { module: 'lib/models/linear.ts', export: 'linearClassifier', args: [{ tensor: 'weights' }] },
    },
  }));
}

/** One bank of filters, ReLU, average, dense: the gradient depends on where the ReLU lets through. */
function convolutionCase(options: CaseOptions): CaseDefinition {
  return saliencyCase(options, (stream) => ({
    weights: {
      filters: noise(stream, [3, 3, 3, 6], 0.5),
      dense: noise(stream, [6, options.classes]),
    },
    model: {
      given: {
        module: 'lib/models/one-convolution.ts',
        export: 'oneConvolution',
        args: [{ tensor: 'filters' }, { tensor: 'dense' }],
      },
    },
  }));
}

/** A model without weights: every score is 0, and so is the whole map. */
function flatCase(options: CaseOptions): CaseDefinition {
  return saliencyCase(options, () => ({
    weights: {
      weights: floats(
        [...options.size, 3, options.classes],
        new Float32Array(sizeOf(options.size) * 3 * options.classes),
      ),
    },
    model: {
      given: { module: 'lib/models/linear.ts', export: 'linearClassifier', args: [{ tensor: 'weights' }] },
    },
  }));
}

export function saliencyMapCases(seed: string): CaseDefinition[] {
  return [
    linearCase({ id: 'linear', visibility: 'public', seed, labels: [2, 0], size: [6, 6], classes: 4 }),
    convolutionCase({
      id: 'convolution',
      visibility: 'public',
      seed,
      labels: [1],
      size: [12, 12],
      classes: 3,
    }),
    linearCase({
      id: 'linear-wide',
      visibility: 'private',
      seed,
      labels: [4, 1, 3],
      size: [5, 8],
      classes: 5,
    }),
    convolutionCase({
      id: 'convolution-batch',
      visibility: 'private',
      seed,
      labels: [3, 0, 2],
      size: [9, 13],
      classes: 4,
    }),
    flatCase({ id: 'flat', visibility: 'private', seed, labels: [0, 1], size: [4, 4], classes: 2 }),
  ];
}
