import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { casesOf } from '../../cases/case-builders.ts';
import type { Roles } from '../../cases/roles.ts';
import type { Schedule } from './contract.ts';
import { styleTransfer } from './names.ts';
import {
  layersCase,
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

export function styleTransferCases(seed: string, roles: Roles): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(styleTransfer, seed);
  return [
    publicCase('losses', ownLossesCase),
    publicCase('targets', targetsCase),
    publicCase('several-targets', severalTargetsCase({ contentLayer: 5, styleLayers: [6, 1, 4] })),
    publicCase('loss', lossCase([8, 8])),
    publicCase('several-layers', severalLayersCase),
    publicCase('first-step', stepCase({ size: [8, 8], steps: { first: 0 }, fresh: true })),
    publicCase('step', stepCase({ size: [8, 8], steps: { step: 7 } })),
    publicCase('short-run', shortRunCase(roles)),
    privateCase('decay', stepCase({ size: [6, 9], steps: { before: 179, after: 180 } })),
    privateCase('clipping', stepCase({ size: [6, 9], steps: { before: 189, after: 190 } })),
    privateCase(
      'other-schedule',
      stepCase({ size: [7, 5], steps: { before: 11, after: 12 }, schedule: otherSchedule }),
    ),
    privateCase('no-slope', stepCase({ size: [5, 6], steps: { still: 0 }, fresh: true, weights: noTerms })),
    privateCase('other-targets', severalTargetsCase({ contentLayer: 2, styleLayers: [4, 3] })),
    privateCase('layers', layersCase(roles)),
    privateCase('whole-run', wholeRunCase(roles)),
  ];
}
