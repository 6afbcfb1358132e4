import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed, network } from '../../rubrics/tolerances.ts';
import { gradCam } from './names.ts';

const { close, leftovers, picture, tidyCode } = checksOf(gradCam, { call: 'map', tolerance: composed });

export const gradCamRubric: readonly CheckDefinition[] = [
  close('convolution', 1.5, 'gradCam is right on a model of one convolution', {
    hint: 'Weight each channel by the mean of its gradient, keep what is positive, divide by the largest value.',
  }),
  close('last-layer', 1.5, 'gradCam enlarges the map of a layer that is smaller than the image', {
    call: 'layer-12',
    tolerance: network,
    hint: 'Enlarge bilinearly with half-pixel centres, and scale to [0, 1] after that.',
  }),
  close('two-layer', 2, 'guidedBackprop is right on a model of two layers', {
    call: 'guided',
    hint: 'A gradient passes where the input of the ReLU and the gradient itself are positive, both.',
  }),
  picture(
    'picture',
    1,
    'The picture shows Grad-CAM, guided backpropagation and their product for five shapes',
    {
      file: 'gradcam_visualization',
      maxDifferentShare: 0.0005,
      submitted: true,
      hint: 'Compare your picture with the one in the handout: does each layer light up the shape?',
    },
  ),
  close('convolution-batch', 1.5, 'gradCam handles a batch of three images that are not square', {
    hint: 'Each map has its own label and its own largest value.',
  }),
  close('deep-layers', 1.5, 'gradCam is right for a layer inside the network', {
    call: 'layer-9',
    tolerance: network,
    hint: 'Take activations and gradient at the layer that is asked for.',
  }),
  close('guided-network', 1, 'guidedBackprop is right on the embedded network', {
    case: 'deep-layers',
    call: 'guided',
    tolerance: network,
    hint: 'Every ReLU of the network has to be the guided one.',
  }),
  close('two-layer-batch', 0.5, 'guidedBackprop handles a batch of three images', {
    call: 'guided',
    hint: 'Each gradient belongs to its own image and label; the size of the batch does not scale it.',
  }),
  close('no-support', 0.5, 'gradCam is all zeros where nothing speaks for the class', {
    requires: ['convolution'],
    hint: 'Dividing by a largest value of 0 gives NaN.',
  }),
  leftovers(0.25, 'gradCam', { case: 'convolution', requires: ['convolution'] }),
  leftovers(0.25, 'guidedBackprop', {
    id: 'guided-leftovers',
    case: 'two-layer',
    call: 'guided',
    requires: ['two-layer'],
  }),
  tidyCode(0.5, { requires: ['convolution'] }),
];
