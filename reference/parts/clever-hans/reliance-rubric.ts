import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { saliencyMap } from '../saliency-map/names.ts';
import { cleverHans } from './names.ts';

const { close, leftovers } = checksOf(cleverHans, { tolerance: exact });
const ofSaliencyMap = checksOf(saliencyMap, { tolerance: exact });

const ownShare =
  'The share is that of the sums of the map, inside the region over everywhere; each picture has its own.';
const ownMaps =
  'The maps are those of your own computeSaliencyMaps, of the marked pictures, for the given class.';

const maps = {
  call: 'reliance',
  path: ['maps'],
  orConsistentWith: { result: { call: 'own-maps' } },
  hint: ownMaps,
};
const share = {
  call: 'reliance',
  path: ['share'],
  orConsistentWith: { share: { call: 'own-maps' }, inside: { call: 'region' } },
  hint: ownShare,
};
const drop = {
  call: 'reliance',
  path: ['drop'],
  hint: 'The score is the raw one of the given class; with the mark minus without it.',
};

/** No points: a mistake of the saliency map is charged in its own part. */
const ownMapsRubric: readonly CheckDefinition[] = [
  close(
    'own-maps',
    0,
    'your computeSaliencyMaps, which this builds on, is right (it is judged in its own part)',
    {
      case: 'reliance',
      hint: 'The checks of its own part say what is wrong.',
    },
  ),
  ofSaliencyMap.leftovers(0, 'computeSaliencyMaps', {
    id: 'own-leftovers',
    title: 'your computeSaliencyMaps leaves nothing behind (it is judged in its own part)',
    case: 'reliance',
    call: 'own-maps',
    hint: 'The checks of its own part say what is wrong.',
  }),
];

/** What the network in question looks at, worked out for two small models. */
export const relianceRubric: readonly CheckDefinition[] = [
  ...ownMapsRubric,
  close('maps', 0.1, 'markReliance gives the saliency maps of the marked pictures', {
    case: 'reliance',
    ...maps,
    mayBeTrivial: 'a linear model has the same map for every picture; maps-batch tells pictures apart',
  }),
  close('share', 0.2, 'markReliance gives the share of each map inside the region', {
    case: 'reliance',
    ...share,
    mayBeTrivial: 'a linear model has the same map for every picture; share-batch tells pictures apart',
  }),
  close('drop', 0.2, 'markReliance gives the fall of each score when the mark is taken away', {
    case: 'reliance',
    ...drop,
  }),
  close('maps-batch', 0.1, 'markReliance gives the saliency maps of three marked pictures', {
    case: 'reliance-batch',
    ...maps,
  }),
  close('share-batch', 0.4, 'markReliance keeps three pictures apart on a convolutional model', {
    case: 'reliance-batch',
    ...share,
  }),
  close('drop-batch', 0.4, 'markReliance gives the fall of three scores on a convolutional model', {
    case: 'reliance-batch',
    ...drop,
  }),
  close('flat', 0.1, 'markReliance gives the share 0 where a map is 0 everywhere', {
    requires: ['share'],
    case: 'reliance-flat',
    call: 'reliance',
    path: ['share'],
    hint: '0 / 0 is not a number; see tf.divNoNan.',
  }),
  leftovers(0.1, 'markReliance', {
    id: 'reliance-leftovers',
    requires: ['own-leftovers'],
    case: 'reliance-batch',
    call: 'reliance',
    plausible: ['maps', 'drop'].map((key) => ({
      case: 'reliance-batch',
      value: { call: 'reliance', path: [key] },
    })),
  }),
];
