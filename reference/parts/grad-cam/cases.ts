import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { integers } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { labelledNoise } from '../../cases/inputs.ts';
import { embedded } from '../../cases/models.ts';
import { galleryInputs, shapes, type ShapeSource } from '../../cases/pictures.ts';
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

/** Drawn pictures and an embedded network, whose layers are smaller than the pictures. */
function networkCase(
  source: ShapeSource,
  labels: readonly number[],
  callsOn: (pictures: Argument) => Call[],
): CaseBody {
  return { inputs: { labels: integers(labels) }, calls: callsOn(shapes(source)) };
}

/** The driver's picture: maps and gradients come from the submission, the drawing is given. */
function pictureCase(): CaseBody {
  const { images: pictures, labels, classNames } = galleryInputs();
  const model = embedded('standard');
  const layers = shownLayers.map((layer) => ({
    record: { layer: { number: layer }, maps: result(`layer-${layer}`) },
  }));
  return {
    inputs: { labels },
    calls: [...shownLayers.map((layer) => camOfLayer(pictures, model, layer)), guided(pictures, model)],
    derived: [
      gradCam.figure.call('picture', 'gradCamPicture', [
        pictures,
        classNames,
        { list: layers },
        result('guided'),
      ]),
    ],
  };
}

export function gradCamCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(gradCam, seed);
  const robust = embedded('robust');
  return [
    publicCase('convolution', twoClassesCase([1, 3], [0, 2])),
    publicCase(
      'last-layer',
      networkCase({ seed: 'grad-cam', start: 0, count: 1, size: 64 }, [4], (pictures) => [
        camOfLayer(pictures, embedded('standard'), 12),
      ]),
    ),
    publicCase('two-layer', twoLayerCase([2], { observe: true })),
    publicCase('picture', pictureCase()),
    privateCase('convolution-batch', convolutionCase([3, 0, 2], [7, 12], 4)),
    privateCase(
      'deep-layers',
      networkCase({ seed: `${seed}/grad-cam`, start: 0, count: 2, size: 80 }, [6, 1], (pictures) => [
        camOfLayer(pictures, robust, 4),
        camOfLayer(pictures, robust, 9),
        guided(pictures, robust),
      ]),
    ),
    privateCase('first-layer', firstLayer),
    privateCase('no-support', noSupport),
    privateCase('full-support', fullSupport),
    privateCase('two-layer-batch', twoLayerCase([0, 3, 1])),
    privateCase('zero-picture', zeroPicture),
  ];
}
