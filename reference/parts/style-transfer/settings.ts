import type { Classifier } from '../../contract/classifier.ts';
import type { Raster } from '../../lib/picture/raster.ts';
import { geometricMosaic } from '../../lib/shapes/geometric-mosaic.ts';
import { wavyBands } from '../../lib/shapes/wavy-bands.ts';
import { whirlingStrokes } from '../../lib/shapes/whirling-strokes.ts';
import { courseSchedule, type StyleTransferOptions } from './contract.ts';

/** What a run asks for, apart from the image it starts from. */
export type Weighting = Omit<StyleTransferOptions, 'start'>;

/** One of the course's three settings. Each is named after a painting; the pictures that come with it are our own. */
export interface Setting {
  /** Part of the name of the picture's file. */
  readonly id: string;
  readonly painting: string;
  /** What the bundled style picture shows. */
  readonly style: string;
  readonly paint: (size: number) => Raster;
  /** Shorter side of the content picture, and so of the result, in pixels. */
  readonly contentSize: number;
  /** Shorter side of the style picture; a larger one has larger strokes. */
  readonly styleSize: number;
  /** Standard deviation of the noise that is added to the content picture before the first step; preprocessed units. */
  readonly noise: number;
  readonly weighting: Weighting;
}

const compositionSeven = {
  id: 'composition_vii',
  painting: 'Composition VII',
  style: 'geometric mosaic',
  paint: geometricMosaic,
};
const theScream = { id: 'the_scream', painting: 'The Scream', style: 'wavy bands', paint: wavyBands };
const starryNight = {
  id: 'starry_night',
  painting: 'Starry Night',
  style: 'whirling strokes',
  paint: whirlingStrokes,
};

const courseLayers = { contentLayer: 3, styleLayers: [1, 4, 6, 7], schedule: courseSchedule };

/** Whether a network is the one that {@link courseSettings} are for; the features of any other are of another size. */
export function isCourseNetwork({ name }: Classifier): boolean {
  return /squeezenet1[_.-]1/i.test(name);
}

/** The settings of the course, for SqueezeNet 1.1 with the weights of ImageNet. */
export const courseSettings: readonly Setting[] = [
  {
    ...compositionSeven,
    contentSize: 192,
    styleSize: 512,
    noise: 0,
    weighting: { ...courseLayers, contentWeight: 5e-2, styleWeights: [20000, 500, 12, 1], tvWeight: 5e-2 },
  },
  {
    ...theScream,
    contentSize: 192,
    styleSize: 224,
    noise: 0,
    weighting: { ...courseLayers, contentWeight: 3e-2, styleWeights: [200000, 800, 12, 1], tvWeight: 2e-2 },
  },
  {
    ...starryNight,
    contentSize: 192,
    styleSize: 192,
    noise: 0,
    weighting: { ...courseLayers, contentWeight: 6e-2, styleWeights: [300000, 1000, 15, 3], tvWeight: 2e-2 },
  },
];

const relativeSchedule = { ...courseSchedule, learningRate: 0.2, decayedRate: 0.03 };

/**
 * The settings for the embedded networks and for any other: a gentler rate, layers near the image, a style picture
 * large enough for few filters to see its strokes, and weights in relative units (see `weightsFor`), since every
 * network has features of its own size. A little noise keeps the strides of the first layers from leaving a grid.
 *
 * @param size shorter side of the content picture, in pixels.
 */
export function relativeSettings(size: number): readonly Setting[] {
  return [
    {
      ...compositionSeven,
      contentSize: size,
      styleSize: Math.round(1.6 * size),
      noise: 0.4,
      weighting: {
        contentLayer: 4,
        contentWeight: 0.08,
        styleLayers: [0, 1, 3, 4],
        styleWeights: [10, 10, 10, 10],
        tvWeight: 0.2,
        schedule: relativeSchedule,
      },
    },
    {
      ...theScream,
      contentSize: size,
      styleSize: Math.round(1.6 * size),
      noise: 0.3,
      weighting: {
        contentLayer: 1,
        contentWeight: 0.1,
        styleLayers: [0, 1, 2, 3],
        styleWeights: [10, 10, 10, 10],
        tvWeight: 0.3,
        schedule: relativeSchedule,
      },
    },
    {
      ...starryNight,
      contentSize: size,
      styleSize: Math.round(1.3 * size),
      noise: 0.5,
      weighting: {
        contentLayer: 1,
        contentWeight: 0.02,
        styleLayers: [0, 1, 2, 3],
        styleWeights: [10, 20, 40, 20],
        tvWeight: 0.05,
        schedule: relativeSchedule,
      },
    },
  ];
}
