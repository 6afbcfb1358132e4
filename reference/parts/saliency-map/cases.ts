import type { Argument, Call } from '../../../grader/spec/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/spec/define.ts';
import { floats, integers } from '../../../grader/spec/literals.ts';
import { gallerySource } from '../../lib/gallery.ts';
import { shapesModel } from '../../lib/models/shapes-classifier.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import { streamLabel } from '../../lib/shapes/draw-shape.ts';

const FUNCTION = { module: 'visualizers/saliency-map.ts', export: 'computeSaliencyMaps' };

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** Normal noise as an input of a case. */
export function noise(stream: RandomStream, shape: readonly number[], deviation = 1): TensorData {
  return floats(shape, stream.normals(sizeOf(shape), 0, deviation));
}

/** A given function's value as an argument. */
export function given(module: string, name: string, args: readonly Argument[]): Argument {
  return { given: { module, export: name, args } };
}

/** One of the embedded networks. */
export function embedded(model: 'standard' | 'robust'): Argument {
  const weights = { weights: `lib/models/weights/shapes-${model}.safetensors` };
  return given('lib/models/shapes-classifier.ts', 'shapesClassifier', [weights, { json: model }]);
}

/** Drawn pictures of a stream, preprocessed: `[count, size, size, 3]`. */
export function shapes(source: { seed: string; start: number; count: number; size: number }): Argument {
  return given('lib/shapes/shape-images.ts', 'shapeImages', [{ json: source }]);
}

/** The pictures that the drivers show, with their classes. */
export function galleryInputs(): { images: Argument; labels: TensorData; names: Argument } {
  const { seed, start, count } = gallerySource;
  const labels = Array.from({ length: count }, (_, i) => streamLabel(seed, start + i));
  return {
    images: shapes({ seed, start, count, size: shapesModel.inputSize }),
    labels: integers(labels),
    names: { json: labels.map((label) => shapesModel.classNames[label]) },
  };
}

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

const linearModel = given('lib/models/linear.ts', 'linearClassifier', [{ tensor: 'weights' }]);

/** On a linear model the map is max_c |W_y|, whatever the image: a closed form. */
function linearCase(options: CaseOptions): CaseDefinition {
  return saliencyCase(options, (stream) => ({
    weights: { weights: noise(stream, [...options.size, 3, options.classes]) },
    model: linearModel,
  }));
}

/** One bank of filters, ReLU, average, dense: the gradient depends on where the ReLU lets through. */
function convolutionCase(options: CaseOptions): CaseDefinition {
  return saliencyCase(options, (stream) => ({
    weights: {
      filters: noise(stream, [3, 3, 3, 6], 0.5),
      dense: noise(stream, [6, options.classes]),
    },
    model: given('lib/models/one-convolution.ts', 'oneConvolution', [
      { tensor: 'filters' },
      { tensor: 'dense' },
    ]),
  }));
}

/** A model without weights: every score is 0, and so is the whole map. */
function flatCase(options: CaseOptions): CaseDefinition {
  const shape = [...options.size, 3, options.classes];
  return saliencyCase(options, () => ({
    weights: { weights: floats(shape, new Float32Array(sizeOf(shape))) },
    model: linearModel,
  }));
}

/** Drawn pictures and the embedded network, each for a class that need not be the true one. */
function embeddedCase(options: {
  readonly id: string;
  readonly visibility: CaseDefinition['visibility'];
  readonly source: Parameters<typeof shapes>[0];
  readonly labels: readonly number[];
}): CaseDefinition {
  const { id, visibility, source, labels } = options;
  const args = [shapes(source), { tensor: 'labels' }, embedded('standard')];
  return {
    id,
    visibility,
    inputs: { labels: integers(labels) },
    calls: [{ ...FUNCTION, id: 'maps', args }],
    derived: [],
  };
}

/** The driver's picture: its maps come from the submission, the drawing is given. */
function pictureCase(): CaseDefinition {
  const { images, labels, names } = galleryInputs();
  const picture: Call = {
    id: 'picture',
    module: 'lib/figures/saliency-map.ts',
    export: 'saliencyPicture',
    args: [images, { result: { call: 'maps' } }, names],
  };
  return {
    id: 'picture',
    visibility: 'public',
    inputs: { labels },
    calls: [{ ...FUNCTION, id: 'maps', args: [images, { tensor: 'labels' }, embedded('standard')] }],
    derived: [picture],
  };
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
    pictureCase(),
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
    embeddedCase({
      id: 'network',
      visibility: 'private',
      source: { seed: `${seed}/saliency-map`, start: 0, count: 2, size: 64 },
      labels: [3, 7],
    }),
    flatCase({ id: 'flat', visibility: 'private', seed, labels: [0, 1], size: [4, 4], classes: 2 }),
  ];
}
