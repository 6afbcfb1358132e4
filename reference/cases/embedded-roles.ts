import { integers } from '../../grader/format/literals.ts';
import { gallerySource } from '../lib/gallery.ts';
import { shapesModel } from '../lib/models/shapes-classifier.ts';
import { streamLabel } from '../lib/shapes/draw-shape.ts';
import { embeddedPair } from './embedded-pair.ts';
import { embedded } from './models.ts';
import { painted, shapes } from './pictures.ts';
import type { Roles, TransferOptions } from './roles.ts';

const { classNames, inputSize } = shapesModel;
const standard = { model: embedded('standard'), inputSize };
const robust = { model: embedded('robust'), inputSize };

/** At 64 pixels each of these terms has a say in the embedded network. */
const weights = {
  contentLayer: 4,
  contentWeight: 1e-2,
  styleLayers: [0, 1, 3, 4],
  styleWeights: [2500, 8000, 1500, 12000],
  tvWeight: 8e-3,
};

/** The schedule of the course in a few steps, at a rate for a small network. */
const shortSchedule = {
  steps: 10,
  learningRate: 0.2,
  decayedRate: 0.05,
  decayFrom: 7,
  clampUntil: 9,
  limit: 1.5,
};
const wholeSchedule = {
  ...shortSchedule,
  steps: 120,
  learningRate: 0.1,
  decayedRate: 0.02,
  decayFrom: 100,
  clampUntil: 110,
};

/** For the loss alone, which the schedule has no part in. */
const anyOrder: TransferOptions = {
  contentLayer: 5,
  contentWeight: 1e-2,
  styleLayers: [6, 1, 4],
  styleWeights: [1, 20, 50],
  tvWeight: 2e-2,
  schedule: shortSchedule,
};

const { seed, start, count } = gallerySource;
const shownLabels = Array.from({ length: count }, (_, i) => streamLabel(seed, start + i));

/** The networks that come with the course, on pictures that it draws itself. */
export const embeddedRoles: Roles = {
  words: { network: 'the embedded network', shown: 'five shapes' },
  explained: standard,
  alternative: robust,
  shown: {
    batches: [{ images: shapes({ seed, start, count, size: inputSize }), labels: integers(shownLabels) }],
    classNames: { json: shownLabels.map((label) => classNames[label]) },
  },
  imagesFor: ({ seed: own, size, labels }) => ({
    images: shapes({ seed: own, start: 0, count: labels.length, size }),
    labels: integers(labels),
  }),
  climbed: robust,
  film: {
    start: shapes({ seed, start, count: 1, size: 96 }),
    target: classNames.indexOf('star'),
    iterations: [1, 4, 8],
  },
  climb: {
    // The network finds it from any start.
    target: classNames.indexOf('hourglass'),
    // Smaller than the pictures that it knows: the climb is as steep and takes half as long.
    size: 112,
    iterations: 22,
    // The reference has 36, climbing the probability 7.
    rise: 12,
    // The reference has 1141, the same climb without blur and jitter 36,173, without blur alone 32,965.
    variation: 9000,
  },
  pair: embeddedPair,
  painting: standard.model,
  losses: {
    content: {
      weight: 6e-2,
      layer: 3,
      current: painted('whirlingStrokes', 64),
      original: painted('landscape', 64),
    },
    style: {
      layers: [1, 4, 6, 7],
      weights: [20000, 500, 12, 1],
      current: painted('landscape', 64),
      style: painted('geometricMosaic', 64),
    },
    variation: { image: painted('landscape', 96), weight: 2e-2 },
  },
  transfer: {
    short: {
      content: painted('landscape', 48),
      style: painted('whirlingStrokes', 48),
      options: { ...weights, schedule: shortSchedule },
    },
    layers: {
      content: painted('landscape', 40),
      style: painted('geometricMosaic', 40),
      image: painted('wavyBands', 40),
      options: anyOrder,
    },
    whole: {
      content: painted('landscape', 64),
      style: painted('geometricMosaic', 64),
      options: { ...weights, schedule: wholeSchedule },
      bounds: {
        // The reference reaches 0.015; without a step it is 1.
        loss: 0.1,
        // After the last clipping to 1.5 there are ten steps of 0.02.
        range: 1.8,
        // The reference reaches 0.10; the content image itself is at 0.36.
        style: 0.2,
        // The reference reaches 0.92; the style image itself is at 0.36.
        content: 0.7,
      },
    },
  },
};
