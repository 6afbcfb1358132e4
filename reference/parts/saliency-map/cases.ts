import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { integers } from '../../../grader/format/literals.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { joined, joinedResults, nameIn } from '../../cases/groups.ts';
import { labelledNoise, type Size } from '../../cases/inputs.ts';
import { convolutionModel, linearModel, linearModelBlindTo, type SmallModel } from '../../cases/models.ts';
import type { ImageRequest } from '../../cases/network-role.ts';
import type { Roles } from '../../cases/roles.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import { saliencyMap } from './names.ts';

const { solution, figure } = saliencyMap;

const maps = (images: Argument, model: Argument, options?: CallOptions, batch = 0): Call =>
  solution.call(
    nameIn('maps', batch),
    'computeSaliencyMaps',
    [images, { tensor: nameIn('labels', batch) }, model],
    options,
  );

/** On a linear model the map is max_c |W_y|, whatever the image: a closed form. The same again for other classes. */
function linearCase(labels: readonly number[], others: readonly number[]): CaseRecipe {
  const size: Size = [6, 6];
  const { model, weights } = linearModel(4);
  const images = { tensor: 'images' };
  return ({ stream }) => ({
    inputs: {
      ...labelledNoise(stream, labels, size),
      otherLabels: integers(others),
      ...weights(stream, size),
    },
    calls: [
      maps(images, model, { observe: true }),
      solution.call('other-classes', 'computeSaliencyMaps', [images, { tensor: 'otherLabels' }, model]),
    ],
  });
}

function smallCase(labels: readonly number[], size: Size, { model, weights }: SmallModel): CaseRecipe {
  return ({ stream }) => ({
    inputs: { ...labelledNoise(stream, labels, size), ...weights(stream, size) },
    calls: [maps({ tensor: 'images' }, model)],
  });
}

/** Pictures and a deep network, each for a class that need not be the true one. */
function networkCase({ explained, imagesFor }: Roles, request: ImageRequest): CaseBody {
  const { images, labels } = imagesFor(request);
  return { inputs: { labels }, calls: [maps(images, explained.model)] };
}

/** The driver's picture: its maps come from the submission, the drawing is given. */
function pictureCase({ explained, longCall, shown: { batches, classNames } }: Roles): CaseBody {
  const images = joined(batches.map((batch) => batch.images));
  return {
    inputs: Object.fromEntries(batches.map(({ labels }, i) => [nameIn('labels', i), labels])),
    calls: batches.map((batch, i) => maps(batch.images, explained.model, {}, i)),
    derived: [
      figure.call(
        'picture',
        'saliencyPicture',
        [images, joinedResults('maps', batches.length), classNames],
        longCall,
      ),
    ],
  };
}

export function saliencyMapCases(seed: string, roles: Roles): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(saliencyMap, seed);
  return [
    publicCase('linear', linearCase([2, 0], [1, 3])),
    publicCase('convolution', smallCase([1], [12, 12], convolutionModel(3))),
    publicCase('picture', pictureCase(roles)),
    privateCase('linear-wide', smallCase([4, 1, 3], [5, 8], linearModel(5))),
    privateCase('convolution-batch', smallCase([3, 0, 2], [9, 13], convolutionModel(4))),
    privateCase('network', networkCase(roles, { seed: `${seed}/saliency-map`, size: 64, labels: [3, 7] })),
    privateCase('flat', smallCase([1, 0, 2], [4, 4], linearModelBlindTo(0, 3))),
  ];
}
