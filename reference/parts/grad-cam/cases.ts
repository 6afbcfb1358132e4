import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats, integers } from '../../../grader/format/literals.ts';
import { given } from '../../cases/given.ts';
import { convolutionModel, convolutionWeights, embedded } from '../../cases/models.ts';
import { galleryInputs, shapes, type ShapeSource } from '../../cases/pictures.ts';
import { noise } from '../../cases/tensors.ts';
import { randomStream } from '../../lib/random.ts';

import { shownLayers } from './figure.ts';

const MODULE = 'visualizers/grad-cam.ts';

type CaseHead = Pick<CaseDefinition, 'id' | 'visibility'>;

const streamOf = (seed: string, id: string) => randomStream(seed).derive('grad-cam').derive(id);

const cam = (id: string, images: Argument, model: Argument, layer: number): Call => ({
  id,
  module: MODULE,
  export: 'gradCam',
  args: [images, { tensor: 'labels' }, model, { number: layer }],
});
const guided = (images: Argument, model: Argument): Call => ({
  id: 'guided',
  module: MODULE,
  export: 'guidedBackprop',
  args: [images, { tensor: 'labels' }, model],
});

const images: Argument = { tensor: 'images' };

/** A map that can be worked out by hand: relu(sum over k of V[k, y] A_k), scaled. */
function convolutionCase(
  seed: string,
  options: CaseHead & {
    readonly labels: readonly number[];
    /** Height and width. */
    readonly size: readonly [number, number];
    readonly classes: number;
  },
): CaseDefinition {
  const { id, visibility, labels, size, classes } = options;
  const stream = streamOf(seed, id);
  return {
    id,
    visibility,
    inputs: {
      images: noise(stream, [labels.length, ...size, 3]),
      labels: integers(labels),
      ...convolutionWeights(stream, classes),
    },
    calls: [{ ...cam('map', images, convolutionModel, 0), observe: true }],
    derived: [],
  };
}

/** Every channel speaks against the second class: the map is 0 everywhere. */
function noSupportCase(seed: string): CaseDefinition {
  const id = 'no-support';
  const stream = streamOf(seed, id);
  return {
    id,
    visibility: 'private',
    inputs: {
      images: noise(stream, [2, 8, 8, 3]),
      labels: integers([1, 0]),
      filters: noise(stream, [3, 3, 3, 4], 0.5),
      dense: floats([4, 2], [1, -1, 2, -0.5, 0.5, -2, 1, -1]),
    },
    calls: [cam('map', images, convolutionModel, 0)],
    derived: [],
  };
}

/** The guided gradient that can be worked out by hand: hidden units that are on and speak for the class. */
function twoLayerCase(seed: string, head: CaseHead, labels: readonly number[]): CaseDefinition {
  const stream = streamOf(seed, head.id);
  return {
    ...head,
    inputs: {
      images: noise(stream, [labels.length, 5, 5, 3]),
      labels: integers(labels),
      hidden: noise(stream, [5, 5, 3, 16], 0.2),
      output: noise(stream, [16, 4]),
    },
    calls: [
      {
        ...guided(
          images,
          given('lib/models/two-layer.ts', 'twoLayerRelu', [{ tensor: 'hidden' }, { tensor: 'output' }]),
        ),
        observe: true,
      },
    ],
    derived: [],
  };
}

/** Drawn pictures and an embedded network, whose layers are smaller than the pictures. */
function networkCase(
  head: CaseHead,
  options: {
    readonly source: ShapeSource;
    readonly labels: readonly number[];
    readonly model: 'standard' | 'robust';
    readonly layers: readonly number[];
    readonly guided: boolean;
  },
): CaseDefinition {
  const [pictures, model] = [shapes(options.source), embedded(options.model)];
  return {
    ...head,
    inputs: { labels: integers(options.labels) },
    calls: [
      ...options.layers.map((layer) => cam(`layer-${layer}`, pictures, model, layer)),
      ...(options.guided ? [guided(pictures, model)] : []),
    ],
    derived: [],
  };
}

/** The driver's picture: maps and gradients come from the submission, the drawing is given. */
function pictureCase(): CaseDefinition {
  const { images: pictures, labels, names } = galleryInputs();
  const model = embedded('standard');
  const layers: Argument[] = shownLayers.map((layer) => ({
    record: { layer: { number: layer }, maps: { result: { call: `layer-${layer}` } } },
  }));
  return {
    id: 'picture',
    visibility: 'public',
    inputs: { labels },
    calls: [
      ...shownLayers.map((layer) => cam(`layer-${layer}`, pictures, model, layer)),
      guided(pictures, model),
    ],
    derived: [
      {
        id: 'picture',
        module: 'lib/figures/grad-cam.ts',
        export: 'gradCamPicture',
        args: [pictures, names, { list: layers }, { result: { call: 'guided' } }],
      },
    ],
  };
}

export function gradCamCases(seed: string): CaseDefinition[] {
  return [
    convolutionCase(seed, { id: 'convolution', visibility: 'public', labels: [1], size: [9, 9], classes: 3 }),
    networkCase(
      { id: 'last-layer', visibility: 'public' },
      {
        source: { seed: 'grad-cam', start: 0, count: 1, size: 64 },
        labels: [4],
        model: 'standard',
        layers: [12],
        guided: false,
      },
    ),
    twoLayerCase(seed, { id: 'two-layer', visibility: 'public' }, [2]),
    pictureCase(),
    convolutionCase(seed, {
      id: 'convolution-batch',
      visibility: 'private',
      labels: [3, 0, 2],
      size: [7, 12],
      classes: 4,
    }),
    networkCase(
      { id: 'deep-layers', visibility: 'private' },
      {
        source: { seed: `${seed}/grad-cam`, start: 0, count: 2, size: 80 },
        labels: [6, 1],
        model: 'robust',
        layers: [4, 9],
        guided: true,
      },
    ),
    noSupportCase(seed),
    twoLayerCase(seed, { id: 'two-layer-batch', visibility: 'private' }, [0, 3, 1]),
  ];
}
