import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { Selector } from '../../../grader/format/selector.ts';
import type { PairRole } from '../../cases/pair-role.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, network } from '../../rubrics/tolerances.ts';
import { contrastive } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(contrastive, { tolerance: exact });

const difference = ['difference'];
const ownMaps = 'The maps are those of your own functions; only the labels differ between the two.';

/** The difference of what the student's own functions return for the two classes. */
const consistent = (call: string) => ({
  orConsistentWith: {
    minus: [{ call: `${call}-own-predicted` }, { call: `${call}-own-actual` }] as [Selector, Selector],
  },
});

/** Where the truth is not known, a network's first choice is no mistake. */
const robustMistake = ({ isTrue }: PairRole['mistakes']['robust'], { robust }: PairRole['words']): string =>
  isTrue ? `a mistake of ${robust}` : `the first choice of ${robust}`;

export const contrastiveRubric = ({ mistakes, words }: PairRole): readonly CheckDefinition[] => [
  close('predicted', 0.2, 'contrast gives the saliency map of the predicted class', {
    case: 'linear',
    call: 'maps',
    path: ['predicted'],
    orConsistentWith: { result: { call: 'maps-own-predicted' } },
    hint: ownMaps,
  }),
  close('actual', 0.2, 'contrast gives the saliency map of the correct class', {
    case: 'linear',
    call: 'maps',
    path: ['actual'],
    orConsistentWith: { result: { call: 'maps-own-actual' } },
    hint: ownMaps,
  }),
  close('difference', 0.3, 'contrast gives the map of the prediction minus that of the truth', {
    case: 'linear',
    call: 'maps',
    path: difference,
    ...consistent('maps'),
    hint: 'Positive where the picture speaks for the prediction; the sign is kept.',
  }),
  close('last-layer', 0.3, 'contrast takes Grad-CAM of the last layer unless told otherwise', {
    case: 'mistake',
    call: 'grad-cam',
    path: difference,
    ...consistent('grad-cam'),
    tolerance: network,
    hint: 'The last of model.features(image), whatever their number.',
  }),
  ...(['saliency', 'grad-cam', 'smoothed'] as const).map((method) =>
    close(`own-${method}`, 0, `Your own map by the method ${method} is right; it is judged in its own part`, {
      case: 'mistake',
      call: `${method}-own-predicted`,
      tolerance: network,
    }),
  ),
  picture(
    'picture',
    0.3,
    `The picture of ${mistakes.first.isTrue ? 'a wrongly classified' : 'the'} ${mistakes.first.actualName} is right`,
    {
      requires: ['difference', 'own-saliency', 'own-grad-cam', 'own-smoothed'],
      case: 'mistake',
      file: 'contrastive',
      maxDifferentShare: 0.001,
    },
  ),
  close('saliency-batch', 0.5, 'contrast explains three pictures that are not square by saliency', {
    case: 'methods',
    call: 'saliency',
    path: difference,
    ...consistent('saliency'),
    hint: ownMaps,
  }),
  close('grad-cam-batch', 0.4, 'contrast explains three pictures by Grad-CAM', {
    case: 'methods',
    call: 'grad-cam',
    path: difference,
    ...consistent('grad-cam'),
    hint: ownMaps,
  }),
  close('smoothed-batch', 0.4, 'contrast explains three pictures by smoothed saliency', {
    case: 'methods',
    call: 'smoothed',
    path: difference,
    ...consistent('smoothed'),
    hint: 'Hand the smoothing of the options on; both classes see the same noise.',
  }),
  close('smoothed-by-default', 0.1, 'contrast smooths by contrastSmoothing unless told otherwise', {
    requires: ['smoothed-batch'],
    case: 'methods',
    call: 'smoothed-by-default',
    path: difference,
    ...consistent('smoothed-by-default'),
    hint: 'Without options.smoothing, it is contrastSmoothing of the contract.',
  }),
  close('layer', 0.4, 'contrast takes Grad-CAM of the layer that it is given', {
    case: 'robust-mistake',
    call: 'shallow',
    path: difference,
    ...consistent('shallow'),
    tolerance: network,
    hint: 'Hand options.layer on to gradCam.',
  }),
  close('network', 0.4, `contrast explains ${robustMistake(mistakes.robust, words)} by smoothed saliency`, {
    case: 'robust-mistake',
    call: 'smoothed',
    path: difference,
    ...consistent('smoothed'),
    tolerance: network,
    hint: 'Hand the smoothing of the options on; both classes see the same noise.',
  }),
  property('turned', 0.1, 'contrast turns the sign of the difference when the classes are swapped', {
    requires: ['predicted', 'actual'],
    path: difference,
    name: 'the difference with the classes swapped',
    holds: {
      property: 'correlation',
      with: { result: { call: 'maps', path: difference } },
      atMost: -0.999,
    },
    hint: 'A difference has a sign: no magnitude, no scaling to [0, 1].',
  }),
  close('flat', 0.1, 'contrast is all zeros where the model looks at nothing', {
    requires: ['difference'],
    call: 'grad-cam',
    path: difference,
  }),
  leftovers(0.1, 'contrast', { case: 'linear', call: 'maps', requires: ['difference'] }),
  leftovers(0.1, 'contrast', {
    id: 'features-leftovers',
    title: 'contrast leaves no features behind when it counts them',
    case: 'methods',
    call: 'grad-cam',
    requires: ['leftovers', 'grad-cam-batch'],
    hint: 'What model.features returns has to be tidied, too, even if only its length is wanted.',
  }),
  tidyCode(0.1, { requires: ['predicted'] }),
];
