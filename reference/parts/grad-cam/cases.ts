import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats, integers } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { labelledNoise, noise, type Size } from '../../cases/inputs.ts';
import { convolutionModel, embedded, twoLayerModel } from '../../cases/models.ts';
import { galleryInputs, shapes, type ShapeSource } from '../../cases/pictures.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import { shownLayers } from './figure.ts';
import { gradCam } from './names.ts';

const { solution, figure } = gradCam;

const cam = (id: string, images: Argument, model: Argument, layer: number, options?: CallOptions): Call =>
  solution.call(id, 'gradCam', [images, { tensor: 'labels' }, model, { number: layer }], options);
const camOfLayer = (images: Argument, model: Argument, layer: number): Call =>
  cam(`layer-${layer}`, images, model, layer);
const guided = (images: Argument, model: Argument, options?: CallOptions): Call =>
  solution.call('guided', 'guidedBackprop', [images, { tensor: 'labels' }, model], options);

const images: Argument = { tensor: 'images' };

/** A map that can be worked out by hand: relu(sum over k of V[k, y] A_k), scaled. */
function convolutionCase(labels: readonly number[], size: Size, classes: number): CaseRecipe {
  const { model, weights } = convolutionModel(classes);
  return ({ stream }) => ({
    inputs: { ...labelledNoise(stream, labels, size), ...weights(stream, size) },
    calls: [cam('map', images, model, 0, { observe: true })],
  });
}

/** Every channel speaks against the second class: the map is 0 everywhere. */
const noSupport: CaseRecipe = ({ stream }) => ({
  inputs: {
    ...labelledNoise(stream, [1, 0], [8, 8]),
    filters: noise(stream, [3, 3, 3, 4], { deviation: 0.5 }),
    dense: floats([4, 2], [1, -1, 2, -0.5, 0.5, -2, 1, -1]),
  },
  calls: [cam('map', images, convolutionModel(2).model, 0)],
});

/** The guided gradient that can be worked out by hand: hidden units that are on and speak for the class. */
function twoLayerCase(labels: readonly number[]): CaseRecipe {
  const size: Size = [5, 5];
  const { model, weights } = twoLayerModel({ units: 16, classes: 4, deviation: 0.2 });
  return ({ stream }) => ({
    inputs: { ...labelledNoise(stream, labels, size), ...weights(stream, size) },
    calls: [guided(images, model, { observe: true })],
  });
}

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
      figure.call('picture', 'gradCamPicture', [pictures, classNames, { list: layers }, result('guided')]),
    ],
  };
}

export function gradCamCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(gradCam, seed);
  const robust = embedded('robust');
  return [
    publicCase('convolution', convolutionCase([1], [9, 9], 3)),
    publicCase(
      'last-layer',
      networkCase({ seed: 'grad-cam', start: 0, count: 1, size: 64 }, [4], (pictures) => [
        camOfLayer(pictures, embedded('standard'), 12),
      ]),
    ),
    publicCase('two-layer', twoLayerCase([2])),
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
    privateCase('no-support', noSupport),
    privateCase('two-layer-batch', twoLayerCase([0, 3, 1])),
  ];
}
