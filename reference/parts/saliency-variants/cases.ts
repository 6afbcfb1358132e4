import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { integers } from '../../../grader/format/literals.ts';
import { convolutionModel, convolutionWeights, embedded, linearModel } from '../../cases/models.ts';
import { shapes } from '../../cases/pictures.ts';
import { noise } from '../../cases/tensors.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import type { SaliencyVariantOptions } from './contract.ts';

const FUNCTION = { module: 'introspection/saliency-variants.ts', export: 'saliencyVariant' };

type Variants = Readonly<Record<string, SaliencyVariantOptions>>;

/** One call for each variant, by the variant's name. */
const callsOf = (images: Argument, model: Argument, variants: Variants): Call[] =>
  Object.entries(variants).map(([id, options]) => ({
    ...FUNCTION,
    id,
    args: [images, { tensor: 'labels' }, model, { json: options }],
  }));

interface CaseOptions {
  readonly id: string;
  readonly visibility: CaseDefinition['visibility'];
  readonly seed: string;
  readonly labels: readonly number[];
  /** Height and width. */
  readonly size: readonly [number, number];
  readonly classes: number;
  readonly variants: Variants;
}

function smallCase(
  { id, visibility, labels, size, seed, variants }: CaseOptions,
  model: Argument,
  weights: (stream: RandomStream) => Record<string, TensorData>,
): CaseDefinition {
  const stream = randomStream(seed).derive('saliency-variants').derive(id);
  return {
    id,
    visibility,
    inputs: {
      images: noise(stream, [labels.length, ...size, 3]),
      labels: integers(labels),
      ...weights(stream),
    },
    calls: callsOf({ tensor: 'images' }, model, variants).map((call) => ({ ...call, observe: true })),
    derived: [],
  };
}

/** A linear model: gradients are its weights, those of probabilities a mixture of them. */
function linearCase(options: CaseOptions & { readonly deviation?: number }): CaseDefinition {
  const { size, classes, deviation = 0.15 } = options;
  return smallCase(options, linearModel, (stream) => ({
    weights: noise(stream, [...size, 3, classes], deviation),
  }));
}

/** Filters with a ReLU: the gradient changes from place to place of the image, so noise makes a difference. */
function convolutionCase(options: CaseOptions): CaseDefinition {
  return smallCase(options, convolutionModel, (stream) => convolutionWeights(stream, options.classes));
}

/** The embedded network on drawn shapes. */
function networkCase(
  options: Omit<CaseOptions, 'size' | 'classes'> & { side: number; drawn?: boolean },
): CaseDefinition {
  const { id, visibility, seed, labels, side, variants, drawn } = options;
  const seedOfCase = `${seed}/saliency-variants/${id}`;
  const images = shapes({ seed: seedOfCase, start: 0, count: labels.length, size: side, labels });
  const rows = Object.entries(variants).map(([call, { sign }]) => ({
    record: {
      label: { json: call },
      maps: { result: { call } },
      as: { json: sign === 'signed' ? 'signed' : 'magnitude' },
    },
  }));
  const picture: Call = {
    id: 'picture',
    module: 'lib/figures/saliency-variants.ts',
    export: 'saliencyVariantsPicture',
    args: [images, { json: labels.map((label) => `class ${label}`) }, { list: rows }],
  };
  return {
    id,
    visibility,
    inputs: { labels: integers(labels) },
    calls: callsOf(images, embedded('standard'), variants),
    derived: drawn ? [picture] : [],
  };
}

export function saliencyVariantsCases(seed: string): CaseDefinition[] {
  const smoothing = { samples: 4, deviation: 0.6, seed: 'public noise' };
  return [
    linearCase({
      id: 'linear',
      visibility: 'public',
      seed,
      labels: [2, 0],
      size: [6, 6],
      classes: 4,
      variants: {
        absolute: {},
        signed: { sign: 'signed' },
        softmax: { output: 'softmax' },
        'log-softmax': { output: 'log-softmax', sign: 'signed' },
        threshold: { threshold: 0.5 },
      },
    }),
    convolutionCase({
      id: 'smoothed',
      visibility: 'public',
      seed,
      labels: [1, 2],
      size: [10, 10],
      classes: 3,
      variants: { plain: { sign: 'signed' }, smoothed: { sign: 'signed', smoothing } },
    }),
    networkCase({
      id: 'network',
      visibility: 'public',
      seed,
      labels: [1, 4],
      side: 64,
      drawn: true,
      variants: {
        absolute: {},
        signed: { sign: 'signed' },
        smoothed: { smoothing: { ...smoothing, deviation: 0.35 } },
        threshold: { smoothing: { ...smoothing, deviation: 0.35 }, threshold: 0.4 },
      },
    }),
    linearCase({
      id: 'outputs-batch',
      visibility: 'private',
      seed,
      labels: [4, 1, 3],
      size: [5, 8],
      classes: 5,
      variants: {
        softmax: { output: 'softmax', sign: 'signed' },
        'log-softmax': { output: 'log-softmax' },
        threshold: { sign: 'signed', threshold: 0.7 },
      },
    }),
    convolutionCase({
      id: 'smoothed-batch',
      visibility: 'private',
      seed,
      labels: [3, 0, 2],
      size: [9, 13],
      classes: 4,
      variants: {
        smoothed: { smoothing: { samples: 5, deviation: 0.8, seed: 'private noise' } },
        everything: {
          output: 'log-softmax',
          sign: 'signed',
          smoothing: { samples: 3, deviation: 0.5, seed: 'other noise' },
          threshold: 0.3,
        },
      },
    }),
    linearCase({
      id: 'flat',
      visibility: 'private',
      seed,
      labels: [0, 1],
      size: [4, 4],
      classes: 2,
      deviation: 0,
      variants: { thresholded: { output: 'log-softmax', threshold: 0.5 } },
    }),
    networkCase({
      id: 'network-batch',
      visibility: 'private',
      seed,
      labels: [7, 0, 9],
      side: 72,
      variants: {
        probability: { output: 'softmax', sign: 'signed' },
        smoothed: {
          output: 'log-softmax',
          smoothing: { samples: 6, deviation: 0.3, seed: 'network noise' },
          threshold: 0.25,
        },
      },
    }),
  ];
}
