import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed } from '../../rubrics/tolerances.ts';
import { styleTransfer } from './names.ts';

const { close } = checksOf(styleTransfer, { call: 'targets', tolerance: composed });

const whichImage =
  'Which of the two images do the Gram matrices come from, are they normalized, and does targets.styles follow the order of options.styleLayers?';
const whichFeatures =
  'The content is what model.features makes of the content image, at options.contentLayer.';

/** A Gram matrix of the list; one that the student's own gramMatrix makes of the right features is right, too. */
const styleTarget = (id: string, points: number, place: { case: string; index: number }, title: string) =>
  close(id, points, title, {
    case: place.case,
    path: ['styles', place.index],
    orConsistentWith: { result: { call: `own-${place.index}` } },
    hint: {
      'no-result': 'Each layer of options.styleLayers has a target.',
      form: whichImage,
      values: whichImage,
    },
  });

const several = (index: number) => ({ case: 'several-targets', index });
const others = (index: number) => ({ case: 'other-targets', index });

export const targetsRubric: readonly CheckDefinition[] = [
  close(
    'content-target',
    0.375,
    'styleTransferTargets keeps the content image’s features at the content layer',
    { case: 'targets', path: ['content'], hint: whichFeatures },
  ),
  styleTarget(
    'style-targets',
    0.375,
    several(0),
    'styleTransferTargets keeps the style image’s normalized Gram matrix at the first style layer',
  ),
  styleTarget(
    'style-targets-2',
    0.25,
    several(1),
    'styleTransferTargets keeps the normalized Gram matrix at the second style layer',
  ),
  styleTarget(
    'style-targets-3',
    0.25,
    several(2),
    'styleTransferTargets keeps the normalized Gram matrix at the third style layer',
  ),
  close('other-content-target', 0.375, 'styleTransferTargets keeps the content at another layer', {
    case: 'other-targets',
    path: ['content'],
    hint: { form: whichFeatures, values: whichFeatures },
  }),
  styleTarget(
    'other-style-targets',
    0.25,
    others(0),
    'styleTransferTargets keeps the Gram matrix of the first of other style layers',
  ),
  styleTarget(
    'other-style-targets-2',
    0.25,
    others(1),
    'styleTransferTargets keeps the Gram matrix of the second of other style layers',
  ),
];
