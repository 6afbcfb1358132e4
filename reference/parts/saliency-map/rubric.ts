import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact, networkGradient } from '../../rubrics/tolerances.ts';
import { saliencyMap } from './names.ts';

const { close, leftovers, picture, property, tidyCode } = checksOf(saliencyMap, {
  call: 'maps',
  tolerance: exact,
});

/** How the code is written counts once the maps are maps of something. */
const honestMaps = {
  requires: ['class-matters'],
  plausible: [{ case: 'linear', value: { call: 'maps' } }],
};

export const saliencyMapRubric = ({ words }: Roles): readonly CheckDefinition[] => [
  close('linear', 1.5, 'computeSaliencyMaps gives the magnitude of the weights of a linear model', {
    hint: {
      values:
        'Take the gradient of the raw score (no softmax) of each image’s own label; its sign does not matter: take its magnitude, then the largest of the channels.',
      form: 'One map for each image, without an axis for the channels: [N, H, W].',
    },
  }),
  property('class-matters', 0, 'computeSaliencyMaps gives another map for another class', {
    case: 'linear',
    name: 'the maps of the given classes',
    holds: {
      property: 'distance',
      to: { result: { call: 'other-classes' }, name: 'those of other classes' },
      metric: 'relative',
      atLeast: 0.1,
    },
    hint: 'The labels say which score to differentiate.',
  }),
  close('convolution', 1, 'computeSaliencyMaps is right on a convolutional model', {
    hint: 'Take the gradient of the raw score of the given label (no softmax, no other class), its magnitude, and of that the largest channel.',
  }),
  picture('picture', 1, `The picture shows the saliency maps of ${words.shown}`, {
    file: 'saliency_visualization',
    maxDifferentShare: 0.0005,
    submitted: true,
    hint: 'Compare your picture with the one in the handout: are the maps bright along the shapes?',
  }),
  close('linear-wide', 1.5, 'computeSaliencyMaps handles a batch of three images that are not square', {
    hint: {
      values: 'Each map belongs to its own image and label; the size of the batch does not scale it.',
      form: 'Height comes before width: [N, H, W].',
    },
  }),
  close('convolution-batch', 2.5, 'computeSaliencyMaps handles a batch on a convolutional model', {
    hint: 'Each map is the gradient of its own label’s raw score, below 0 or above, at its own image.',
  }),
  close(
    'network',
    1,
    `computeSaliencyMaps explains a given class on ${words.network}, whatever the network says`,
    {
      tolerance: networkGradient,
      hint: 'The labels say for which class the map is; they need not be what the network predicts.',
    },
  ),
  close('flat', 0.5, 'computeSaliencyMaps is all zeros for a class whose score depends on nothing', {
    requires: ['linear'],
    hint: {
      values: 'A gradient of 0 makes a map of zeros; the maps of the other images stay as they are.',
      'not-finite': 'Nothing is divided by the largest value here, so a map of zeros stays one.',
    },
  }),
  leftovers(0.5, 'computeSaliencyMaps', { case: 'linear', ...honestMaps }),
  tidyCode(0.5, honestMaps),
];
