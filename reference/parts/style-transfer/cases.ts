import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { casesOf } from '../../cases/case-builders.ts';
import type { Schedule } from './contract.ts';
import { styleTransfer } from './names.ts';
import {
  layersCase,
  sceneSetting,
  severalLayersCase,
  severalTargetsCase,
  shortRunCase,
  wholeRunCase,
} from './network-cases.ts';
import { ownLossesCase } from './own-losses.ts';
import { lossCase, noTerms, stepCase, targetsCase } from './small-cases.ts';

/** Other numbers than the course's, so that a step must take them from the options. */
const otherSchedule: Schedule = {
  steps: 40,
  learningRate: 0.5,
  decayedRate: 0.02,
  decayFrom: 12,
  clampUntil: 20,
  limit: 0.9,
};

/** At 64 pixels each of these terms has a say in the embedded network. */
const networkOptions = {
  contentLayer: 4,
  contentWeight: 1e-2,
  styleLayers: [0, 1, 3, 4],
  styleWeights: [2500, 8000, 1500, 12000],
  tvWeight: 8e-3,
};

/** The schedule of the course in a few steps, at a rate for a small network. */
const shortSchedule: Schedule = {
  steps: 10,
  learningRate: 0.2,
  decayedRate: 0.05,
  decayFrom: 7,
  clampUntil: 9,
  limit: 1.5,
};

const wholeSchedule: Schedule = {
  ...shortSchedule,
  steps: 120,
  learningRate: 0.1,
  decayedRate: 0.02,
  decayFrom: 100,
  clampUntil: 110,
};

export function styleTransferCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(styleTransfer, seed);
  return [
    publicCase('losses', ownLossesCase),
    publicCase('targets', targetsCase),
    publicCase('several-targets', severalTargetsCase({ contentLayer: 5, styleLayers: [6, 1, 4] })),
    publicCase('loss', lossCase([8, 8])),
    publicCase('several-layers', severalLayersCase),
    publicCase('first-step', stepCase({ size: [8, 8], steps: { first: 0 }, fresh: true })),
    publicCase('step', stepCase({ size: [8, 8], steps: { step: 7 } })),
    publicCase(
      'short-run',
      shortRunCase(
        sceneSetting(
          { content: 'landscape', style: 'whirlingStrokes', size: 64 },
          { ...networkOptions, schedule: shortSchedule },
        ),
      ),
    ),
    privateCase('decay', stepCase({ size: [6, 9], steps: { before: 179, after: 180 } })),
    privateCase('clipping', stepCase({ size: [6, 9], steps: { before: 189, after: 190 } })),
    privateCase(
      'other-schedule',
      stepCase({ size: [7, 5], steps: { before: 11, after: 12 }, schedule: otherSchedule }),
    ),
    privateCase('no-slope', stepCase({ size: [5, 6], steps: { still: 0 }, fresh: true, weights: noTerms })),
    privateCase('other-targets', severalTargetsCase({ contentLayer: 2, styleLayers: [4, 3] })),
    privateCase('layers', layersCase()),
    privateCase(
      'whole-run',
      wholeRunCase(
        sceneSetting(
          { content: 'landscape', style: 'geometricMosaic', size: 64 },
          { ...networkOptions, schedule: wholeSchedule },
        ),
      ),
    ),
  ];
}
