import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { integers } from '../../../grader/format/literals.ts';
import { convolutionModel, convolutionWeights, embedded, linearModel } from '../../cases/models.ts';
import { galleryInputs, shapes, type ShapeSource } from '../../cases/pictures.ts';
import { noise, zeros } from '../../cases/tensors.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';

const FUNCTION = { module: 'visualizers/saliency-map.ts', export: 'computeSaliencyMaps' };

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
    model: linearModel,
  }));
}

/** One bank of filters, ReLU, average, dense: the gradient depends on where the ReLU lets through. */
function convolutionCase(options: CaseOptions): CaseDefinition {
  return saliencyCase(options, (stream) => ({
    weights: convolutionWeights(stream, options.classes),
    model: convolutionModel,
  }));
}

/** A model without weights: every score is 0, and so is the whole map. */
function flatCase(options: CaseOptions): CaseDefinition {
  const shape = [...options.size, 3, options.classes];
  return saliencyCase(options, () => ({
    weights: { weights: zeros(shape) },
    model: linearModel,
  }));
}

/** Drawn pictures and the embedded network, each for a class that need not be the true one. */
function embeddedCase(options: {
  readonly id: string;
  readonly visibility: CaseDefinition['visibility'];
  readonly source: ShapeSource;
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
