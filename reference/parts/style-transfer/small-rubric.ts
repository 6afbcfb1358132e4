import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed } from '../../rubrics/tolerances.ts';
import { styleTransfer } from './names.ts';

const { close, gradient } = checksOf(styleTransfer, { tolerance: composed });

const image = ['image'];
const beforeIt = { call: 'before', path: image };
const fromItOn = { call: 'after', path: image };
const otherNumbers = 'No number of the course’s schedule belongs into the function.';

/** On a network of one convolution, whose features can be computed by hand. */
export const smallRubric: readonly CheckDefinition[] = [
  close(
    'content-target',
    0.5,
    'styleTransferTargets keeps the content image’s features at the content layer',
    { case: 'targets', call: 'targets', path: ['content'] },
  ),
  close('style-targets', 0.75, 'styleTransferTargets keeps the style image’s normalized Gram matrices', {
    case: 'targets',
    call: 'targets',
    path: ['styles', 0],
    hint: 'Which of the two images do the Gram matrices come from, and are they normalized? Does gramMatrix pass its own checks?',
  }),
  close('loss', 0.75, 'styleTransferLoss adds up content, style and total variation', {
    hint: 'Your three losses must pass their own checks first; this one adds them up.',
  }),
  gradient('gradient', 0.75, 'styleTransferLoss has the right gradient with respect to the image', {
    case: 'loss',
    hint: 'The total variation looks at the image, the other two at its features; all of them must depend on the image.',
  }),
  close('content-alone', 0.25, 'styleTransferLoss is the content loss when the other weights are 0', {
    case: 'loss',
    call: 'content',
  }),
  close('style-alone', 0.25, 'styleTransferLoss is the style loss when the other weights are 0', {
    case: 'loss',
    call: 'style',
  }),
  close(
    'variation-alone',
    0.25,
    'styleTransferLoss is the total variation loss when the other weights are 0',
    { case: 'loss', call: 'variation' },
  ),
  close('first-step', 0.75, 'styleTransferStep goes down the gradient in the first step', {
    call: 'first',
    path: image,
    hint: 'Adam’s first step moves every pixel by the whole rate, against the sign of its gradient, from the clipped image.',
  }),
  close('step', 1.25, 'styleTransferStep moves the image as Adam does in the middle of a run', {
    path: image,
    hint: 'Clip first, take the gradient at the clipped image, then hand both and the old memory to adamStep.',
  }),
  close('memory', 0.5, 'styleTransferStep hands on Adam’s memory of the gradients', {
    case: 'step',
    call: 'step',
    path: ['adam', 'mean'],
    hint: 'The state that adamStep returns is the one to return; starting it anew in every step makes Adam forget.',
  }),
  close('step-loss', 0.5, 'styleTransferStep returns the loss at the image that it took the gradient at', {
    case: 'step',
    call: 'step',
    path: ['loss'],
  }),
  close(
    'rate-before',
    0.25,
    'styleTransferStep takes the large rate in the last step before the rate decays',
    { case: 'decay', ...beforeIt },
  ),
  close('rate-after', 0.5, 'styleTransferStep takes the small rate from step decayFrom on', {
    requires: ['rate-before'],
    case: 'decay',
    ...fromItOn,
    hint: 'Steps count from 0; the step with the number decayFrom already takes the small rate.',
  }),
  close('last-clipping', 0.25, 'styleTransferStep clips the image before step clampUntil', {
    case: 'clipping',
    ...beforeIt,
  }),
  close('no-clipping', 0.5, 'styleTransferStep leaves the image as it is from step clampUntil on', {
    case: 'clipping',
    ...fromItOn,
    hint: 'The last steps run without clipping.',
  }),
  close('other-rate', 0.25, 'styleTransferStep takes rate and limit from options.schedule', {
    case: 'other-schedule',
    ...beforeIt,
    hint: otherNumbers,
  }),
  close('other-decay', 0.25, 'styleTransferStep decays the rate at the step that options.schedule says', {
    case: 'other-schedule',
    ...fromItOn,
    hint: otherNumbers,
  }),
];
