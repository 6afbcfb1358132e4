import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed, network } from '../../rubrics/tolerances.ts';
import { gradCam } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(gradCam, {
  call: 'map',
  tolerance: composed,
});

/** How the code is written counts once the maps are maps of something. */
const honestMaps = {
  requires: ['class-matters'],
  plausible: [{ case: 'convolution', value: { call: 'map' } }],
};

/** Where the gradient is the same at each place, weights that are no mean of it cannot be told from those that are. */
const ofRightWeights = ['convolution', 'early-layer'];

export const gradCamRubric = ({ words }: Roles): readonly CheckDefinition[] => [
  close('convolution', 1, 'gradCam is right on a model of one convolution', {
    hint: {
      values:
        'Weight each channel by the mean of its gradient, keep what is positive, divide each map by its own largest value.',
      form: 'One map for each image, as large as the image: [N, H, W].',
    },
  }),
  property('class-matters', 0, 'gradCam gives another map for another class', {
    case: 'convolution',
    name: 'the maps of the given classes',
    holds: {
      property: 'distance',
      to: { result: { call: 'other-classes' }, name: 'those of other classes' },
      metric: 'relative',
      atLeast: 0.1,
    },
    hint: 'The labels say which score to differentiate.',
  }),
  close('last-layer', 1, 'gradCam enlarges the map of a layer that is smaller than the image', {
    call: 'layer-12',
    tolerance: network,
    hint: 'Enlarge bilinearly with half-pixel centres, and scale to [0, 1] after that.',
  }),
  close('two-layer', 1.5, 'guidedBackprop is right on a model of two layers', {
    call: 'guided',
    hint: 'A gradient passes where the input of the ReLU and the gradient itself are positive, both.',
  }),
  picture(
    'picture',
    1,
    `The picture shows Grad-CAM, guided backpropagation and their product for ${words.shown}`,
    {
      file: 'gradcam_visualization',
      maxDifferentShare: 0.0005,
      submitted: true,
      hint: 'Compare your picture with the one in the handout: does each layer light up the shape?',
    },
  ),
  close('convolution-batch', 0.75, 'gradCam handles a batch of three images that are not square', {
    hint: 'Each map has its own label and its own largest value.',
  }),
  close('deep-layers', 1, 'gradCam is right for a layer inside the network', {
    call: 'layer-9',
    tolerance: network,
    hint: 'Take activations and gradient at the layer that is asked for; one weight a channel, the mean of its gradient.',
  }),
  close('early-layer', 1, 'gradCam is right for a layer where the gradient differs from place to place', {
    case: 'deep-layers',
    call: 'layer-4',
    tolerance: network,
    hint: 'Average the gradient over the places before you multiply: the weight of a channel is one number.',
  }),
  close('first-layer', 1, 'gradCam is right for layer 0 of the network, on images that are not square', {
    call: 'layer-0',
    tolerance: network,
    hint: 'Layer 0 is a layer like the others, although 0 counts as false; the map is as high and as wide as the image.',
  }),
  close('full-support', 0.5, 'gradCam only divides by the largest value where the map is 0 nowhere', {
    requires: ofRightWeights,
    hint: 'Nothing is subtracted before the division: the smallest value of a map need not become 0.',
  }),
  close('no-support', 0.5, 'gradCam is all zeros where nothing speaks for the class', {
    requires: ofRightWeights,
    hint: {
      values: 'A map without positive values is 0 everywhere; the maps of the other images stay as they are.',
      'not-finite': 'Dividing by a largest value of 0 gives NaN.',
    },
  }),
  close('guided-network', 1, `guidedBackprop is right on ${words.network}`, {
    case: 'deep-layers',
    call: 'guided',
    tolerance: network,
    hint: 'Every ReLU of the network has to be the guided one.',
  }),
  close('two-layer-batch', 0.5, 'guidedBackprop handles a batch of three images', {
    call: 'guided',
    hint: 'Each gradient belongs to its own image and label; the size of the batch does not scale it.',
  }),
  close('zero-picture', 0.5, 'guidedBackprop passes nothing where the input of a ReLU is exactly 0', {
    call: 'guided',
    requires: ['two-layer'],
    hint: 'The input has to be greater than 0: greater, not greater or equal.',
  }),
  leftovers(0.25, 'gradCam', { case: 'convolution', ...honestMaps }),
  leftovers(0.25, 'guidedBackprop', {
    id: 'guided-leftovers',
    case: 'two-layer',
    call: 'guided',
    plausible: [{ case: 'two-layer', value: { call: 'guided' } }],
  }),
  tidyCode(0.25, honestMaps),
];
