import type { AssignmentDefinition } from '../grader/assignment/define.ts';
import { embeddedRoles } from './cases/embedded-roles.ts';
import type { Roles } from './cases/roles.ts';
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

/**
 * The assignment with a cast: its parts in the order in which students meet them.
 * @param seed another one draws other inputs
 */
export const assignmentWith = (roles: Roles, seed = 'network-introspection-3'): AssignmentDefinition => ({
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
  ].map((part) => part(seed, roles)),
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
});

/** The assignment on the networks that come with it. */
export const assignment = assignmentWith(embeddedRoles);
