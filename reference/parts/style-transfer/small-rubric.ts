import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed } from '../../rubrics/tolerances.ts';
import { styleTransfer } from './names.ts';
import { ownLosses } from './own-losses.ts';

const { close } = checksOf(styleTransfer, { tolerance: composed });

const image = ['image'];
const requires = [...ownLosses, 'loss', 'gradient'];
const beforeIt = { requires, call: 'before', path: image };
const fromItOn = { requires, call: 'after', path: image };
const inStep = { case: 'step', call: 'step' };
const otherNumbers = 'No number of the course’s schedule belongs into the function.';

/** On a network of one convolution, whose features can be computed by hand. */
export const smallRubric: readonly CheckDefinition[] = [
  close('content-alone', 0.25, 'styleTransferLoss is the content loss when the other weights are 0', {
    requires: ['own-content-loss'],
    case: 'loss',
    call: 'content',
  }),
  close('style-alone', 0.25, 'styleTransferLoss is the style loss when the other weights are 0', {
    requires: ['own-style-loss'],
    case: 'loss',
    call: 'style',
  }),
  close(
    'variation-alone',
    0.25,
    'styleTransferLoss is the total variation loss when the other weights are 0',
    { requires: ['own-tv-loss'], case: 'loss', call: 'variation' },
  ),
  close('first-step', 0.375, 'styleTransferStep goes down the gradient in the first step', {
    requires,
    call: 'first',
    path: image,
    hint: 'Adam’s first step moves every pixel by the whole rate, against the sign of its gradient, from the clipped image.',
  }),
  close('step', 0.375, 'styleTransferStep moves the image as Adam does in the middle of a run', {
    requires,
    path: image,
    hint: 'Clip first, take the gradient at the clipped image, then hand both and the old memory to adamStep.',
  }),
  close('no-slope', 0.125, 'styleTransferStep only clips the image where there is no slope', {
    requires: [...requires, 'first-step'],
    call: 'still',
    path: image,
    hint: {
      'not-finite':
        'Nothing is divided by the size of the gradient, which may be 0; adamStep divides by more.',
      values: 'A gradient of 0 moves nothing: what comes back is the clipped image.',
    },
  }),
  close('memory', 0.25, 'styleTransferStep hands on Adam’s memory of the gradients', {
    requires,
    ...inStep,
    path: ['adam', 'mean'],
    hint: 'The state that adamStep returns is the one to return; starting it anew in every step makes Adam forget.',
  }),
  close('memory-square', 0.125, 'styleTransferStep hands on Adam’s memory of the squared gradients', {
    requires,
    ...inStep,
    path: ['adam', 'square'],
    hint: 'The state that adamStep returns is the one to return.',
  }),
  close('memory-steps', 0.125, 'styleTransferStep hands on Adam’s count of its steps', {
    ...inStep,
    path: ['adam', 'steps'],
    hint: 'Adam counts its steps itself: return the count of the state that adamStep returns.',
  }),
  close('step-loss', 0.25, 'styleTransferStep returns the loss at the image that it took the gradient at', {
    requires,
    ...inStep,
    path: ['loss'],
    hint: 'The loss is that of the clipped image, before Adam moves it.',
  }),
  close(
    'rate-before',
    0.375,
    'styleTransferStep takes the large rate in the last step before the rate decays',
    {
      case: 'decay',
      ...beforeIt,
      hint: 'Steps count from 0; the step before the number decayFrom still takes the large rate.',
    },
  ),
  close('rate-after', 0.375, 'styleTransferStep takes the small rate from step decayFrom on', {
    case: 'decay',
    ...fromItOn,
    requires: [...requires, 'rate-before'],
    hint: 'Steps count from 0; the step with the number decayFrom already takes the small rate.',
  }),
  close('last-clipping', 0.375, 'styleTransferStep clips the image before step clampUntil', {
    case: 'clipping',
    ...beforeIt,
    hint: 'Steps count from 0; the step before the number clampUntil still starts by clipping.',
  }),
  close('no-clipping', 0.375, 'styleTransferStep leaves the image as it is from step clampUntil on', {
    case: 'clipping',
    ...fromItOn,
    hint: 'The last steps run without clipping.',
  }),
  close('other-rate', 0.375, 'styleTransferStep takes rate and limit from options.schedule', {
    case: 'other-schedule',
    ...beforeIt,
    hint: otherNumbers,
  }),
  close('other-decay', 0.375, 'styleTransferStep decays the rate at the step that options.schedule says', {
    case: 'other-schedule',
    ...fromItOn,
    hint: otherNumbers,
  }),
];
