import { floats, integers } from '../../../grader/format/literals.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { labelledNoise, noise, uniform, zeros, type Size } from '../../cases/inputs.ts';
import { convolutionModel, twoLayerModel } from '../../cases/models.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import { cam, guided, images } from './calls.ts';

/** A map that can be worked out by hand: relu(sum over k of V[k, y] A_k), scaled. */
export function convolutionCase(labels: readonly number[], size: Size, classes: number): CaseRecipe {
  const { model, weights } = convolutionModel(classes);
  return ({ stream }) => ({
    inputs: { ...labelledNoise(stream, labels, size), ...weights(stream, size) },
    calls: [cam('map', images, model, 0)],
  });
}

/** The same, observed, and again for other classes. */
export function twoClassesCase(labels: readonly number[], others: readonly number[]): CaseRecipe {
  const { model, weights } = convolutionModel(4);
  const size: Size = [9, 9];
  return ({ stream }) => ({
    inputs: {
      ...labelledNoise(stream, labels, size),
      otherLabels: integers(others),
      ...weights(stream, size),
    },
    calls: [
      cam('map', images, model, 0, { observe: true }),
      cam('other-classes', images, model, 0, { labels: 'otherLabels' }),
    ],
  });
}

/** Every channel speaks against the second class: the map is 0 everywhere. */
export const noSupport: CaseRecipe = ({ stream }) => ({
  inputs: {
    ...labelledNoise(stream, [1, 0], [8, 8]),
    filters: noise(stream, [3, 3, 3, 4], { deviation: 0.5 }),
    dense: floats([4, 2], [1, -1, 2, -0.5, 0.5, -2, 1, -1]),
  },
  calls: [cam('map', images, convolutionModel(2).model, 0)],
});

/** Every channel is on everywhere and speaks for its class: the map is 0 nowhere. */
export const fullSupport: CaseRecipe = ({ stream }) => ({
  inputs: {
    images: uniform(stream, [2, 6, 9, 3], [0.2, 1.5]),
    labels: integers([1, 0]),
    filters: uniform(stream, [3, 3, 3, 4], [0, 0.5]),
    dense: uniform(stream, [4, 2], [0.1, 1]),
  },
  calls: [cam('map', images, convolutionModel(2).model, 0)],
});

/** The guided gradient that can be worked out by hand: hidden units that are on and speak for the class. */
export function twoLayerCase(labels: readonly number[], options?: CallOptions): CaseRecipe {
  const size: Size = [5, 5];
  const { model, weights } = twoLayerModel({ units: 16, classes: 4, deviation: 0.2 });
  return ({ stream }) => ({
    inputs: { ...labelledNoise(stream, labels, size), ...weights(stream, size) },
    calls: [guided(images, model, options)],
  });
}

/** A picture of zeros beside another one: the input of every hidden unit is exactly 0, which is not positive. */
export const zeroPicture: CaseRecipe = ({ stream }) => {
  const size: Size = [4, 6];
  const { model, weights } = twoLayerModel({ units: 16, classes: 3, deviation: 0.2 });
  const seen = noise(stream, [1, ...size, 3]);
  return {
    inputs: {
      images: floats([2, ...size, 3], [...zeros([1, ...size, 3]).data, ...seen.data]),
      labels: integers([1, 2]),
      ...weights(stream, size),
    },
    calls: [guided(images, model)],
  };
};
