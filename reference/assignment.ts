import type { AssignmentDefinition } from '../grader/assignment/define.ts';
import { activationMaximizationPart } from './parts/activation-maximization/part.ts';
import { attributionPart } from './parts/attribution/part.ts';
import { classVisualizationPart } from './parts/class-visualization/part.ts';
import { cleverHansPart } from './parts/clever-hans/part.ts';
import { conceptQuizPart } from './parts/concept-quiz/part.ts';
import { contentLossPart } from './parts/content-loss/part.ts';
import { contrastivePart } from './parts/contrastive/part.ts';
import { gradCamPart } from './parts/grad-cam/part.ts';
import { minimalChangePart } from './parts/minimal-change/part.ts';
import { saliencyMapPart } from './parts/saliency-map/part.ts';
import { saliencyVariantsPart } from './parts/saliency-variants/part.ts';
import { styleLossPart } from './parts/style-loss/part.ts';
import { styleTransferPart } from './parts/style-transfer/part.ts';
import { tvLossPart } from './parts/tv-loss/part.ts';

const seed = 'network-introspection-3';

/** The assignment: its parts in the order in which students meet them. */
export const assignment: AssignmentDefinition = {
  id: 'assignment-3',
  title: 'Assignment 3: Network introspection',
  seed,
  points: 100,
  bonus: 2,
  policy: {},
  alsoAllowed: ['visualization/*.png', 'report/report.md'],
  parts: [
    classVisualizationPart,
    saliencyMapPart,
    gradCamPart,
    contentLossPart,
    styleLossPart,
    tvLossPart,
    styleTransferPart,
    saliencyVariantsPart,
    activationMaximizationPart,
    attributionPart,
    cleverHansPart,
    contrastivePart,
    minimalChangePart,
    conceptQuizPart,
  ].map((part) => part(seed)),
  order: [
    'content-loss',
    'tv-loss',
    'style-loss',
    'saliency-map',
    'grad-cam',
    'class-visualization',
    'style-transfer',
    'saliency-variants',
    'attribution',
    'activation-maximization',
    'contrastive',
    'minimal-change',
    'clever-hans',
    'concept-quiz',
  ],
};
