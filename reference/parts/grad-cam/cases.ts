import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { joined, joinedResults, nameIn } from '../../cases/groups.ts';
import { labelledNoise } from '../../cases/inputs.ts';
import { embedded } from '../../cases/models.ts';
import type { LabelledImages } from '../../cases/network-role.ts';
import type { Roles } from '../../cases/roles.ts';
import { camOfLayer, guided, images } from './calls.ts';
import { shownLayers } from './figure.ts';
import { gradCam } from './names.ts';
import {
  convolutionCase,
  fullSupport,
  noSupport,
  twoClassesCase,
  twoLayerCase,
  zeroPicture,
} from './small-cases.ts';

/** An embedded network on pictures that are not square, at its first layer. */
const firstLayer: CaseRecipe = ({ stream }) => ({
  inputs: labelledNoise(stream, [2, 8], [40, 56]),
  calls: [camOfLayer(images, embedded('standard'), 0)],
});

/** Pictures and a deep network, whose layers are smaller than the pictures. */
function networkCase(
  { images: pictures, labels }: LabelledImages,
  callsOn: (pictures: Argument) => Call[],
): CaseBody {
  return { inputs: { labels }, calls: callsOn(pictures) };
}

/** The driver's picture: maps and gradients come from the submission, the drawing is given. */
function pictureCase({ explained: { model }, longCall, shown: { batches, classNames } }: Roles): CaseBody {
  const layers = shownLayers.map((layer) => ({
    record: { layer: { number: layer }, maps: joinedResults(`layer-${layer}`, batches.length) },
  }));
  return {
    inputs: Object.fromEntries(batches.map(({ labels }, i) => [nameIn('labels', i), labels])),
    calls: batches.flatMap(({ images: pictures }, i) => [
      ...shownLayers.map((layer) => camOfLayer(pictures, model, layer, i)),
      guided(pictures, model, {}, i),
    ]),
    derived: [
      gradCam.figure.call(
        'picture',
        'gradCamPicture',
        [
          joined(batches.map((batch) => batch.images)),
          classNames,
          { list: layers },
          joinedResults('guided', batches.length),
        ],
        longCall,
      ),
    ],
  };
}

export function gradCamCases(seed: string, roles: Roles): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(gradCam, seed);
  const { explained, alternative, imagesFor } = roles;
  return [
    publicCase('convolution', twoClassesCase([1, 3], [0, 2])),
    publicCase(
      'last-layer',
      networkCase(imagesFor({ seed: 'grad-cam', size: 64, labels: [4] }), (pictures) => [
        camOfLayer(pictures, explained.model, 12),
      ]),
    ),
    publicCase('two-layer', twoLayerCase([2], { observe: true })),
    publicCase('picture', pictureCase(roles)),
    privateCase('convolution-batch', convolutionCase([3, 0, 2], [7, 12], 4)),
    privateCase(
      'deep-layers',
      networkCase(imagesFor({ seed: `${seed}/grad-cam`, size: 80, labels: [6, 1] }), (pictures) => [
        camOfLayer(pictures, alternative.model, 4),
        camOfLayer(pictures, alternative.model, 9),
        guided(pictures, alternative.model),
      ]),
    ),
    privateCase('first-layer', firstLayer),
    privateCase('no-support', noSupport),
    privateCase('full-support', fullSupport),
    privateCase('two-layer-batch', twoLayerCase([0, 3, 1])),
    privateCase('zero-picture', zeroPicture),
  ];
}
