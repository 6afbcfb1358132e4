import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, networkGradient } from '../../rubrics/tolerances.ts';
import { saliencyMap } from './names.ts';

const { close, leftovers, picture, tidyCode } = checksOf(saliencyMap, { call: 'maps', tolerance: exact });

export const saliencyMapRubric: readonly CheckDefinition[] = [
  close('linear', 2, 'computeSaliencyMaps gives the magnitude of the weights of a linear model', {
    hint: 'The sign of the gradient does not matter: take its magnitude, then the largest of the channels.',
  }),
  close('convolution', 2, 'computeSaliencyMaps is right on a convolutional model', {
    hint: 'Take the gradient of the raw score of the given label (no softmax, no other class), its magnitude, and of that the largest channel.',
  }),
  picture('picture', 1, 'The picture shows the saliency maps of five shapes', {
    file: 'saliency_visualization',
    maxDifferentShare: 0.0005,
    submitted: true,
    hint: 'Compare your picture with the one in the handout: are the maps bright along the shapes?',
  }),
  close('linear-wide', 1, 'computeSaliencyMaps handles a batch of three images that are not square', {
    hint: 'Each map belongs to its own image and label; the size of the batch does not scale it.',
  }),
  close('convolution-batch', 1.5, 'computeSaliencyMaps handles a batch on a convolutional model'),
  close(
    'network',
    1,
    'computeSaliencyMaps explains a given class on the embedded network, whatever the network says',
    {
      tolerance: networkGradient,
      hint: 'The labels say for which class the map is; they need not be what the network predicts.',
    },
  ),
  close('flat', 0.5, 'computeSaliencyMaps is all zeros where the score depends on nothing', {
    requires: ['linear'],
    hint: 'Nothing is divided by the largest value here, so a map of zeros stays one.',
  }),
  leftovers(0.5, 'computeSaliencyMaps', { case: 'linear', requires: ['linear'] }),
  tidyCode(0.5, { requires: ['linear'] }),
];
