import type { TensorData } from '../../../grader/assignment/define.ts';
import { floats, integers, sizeOf } from '../../../grader/format/literals.ts';
import { jsonArguments, result } from '../../cases/arguments.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { noise, type ImageShape, type Size } from '../../cases/inputs.ts';
import type { SmallModel } from '../../cases/models.ts';
import { saliencyMap } from '../saliency-map/names.ts';
import type { TrainingOptions } from './contract.ts';
import type { MarkKind } from './marks.ts';
import { cleverHans } from './names.ts';
import type { SmallNetworkOptions } from './small-network.ts';

const { solution, marks, network: networkModule } = cleverHans;
const observed = { observe: true };

/** Marks on random pixels, some of them at the ends of their range. */
export function markCase(
  shape: ImageShape,
  kinds: Readonly<Record<string, readonly [kind: MarkKind, strength: number]>>,
): CaseRecipe {
  return ({ stream }) => {
    const pixels = stream.uniforms(sizeOf(shape), -0.1, 1.1).map((value) => Math.min(1, Math.max(0, value)));
    const calls = Object.entries(kinds).map(([call, [kind, strength]]) =>
      solution.call(call, 'addMark', [{ tensor: 'images' }, { json: kind }, { number: strength }], observed),
    );
    return { inputs: { images: floats(shape, pixels) }, calls };
  };
}

/** How to train, apart from the weights to start from. */
export type Schedule = Omit<TrainingOptions, 'initial' | 'seed'>;

/** A few steps on random images; all weights afterwards in one row. */
export function stepsCase(options: {
  readonly count: number;
  readonly network: Omit<SmallNetworkOptions, 'seed'>;
  readonly schedule: Schedule;
  /** Of the values of the images, around 0; default: 1. */
  readonly deviation?: number;
}): CaseRecipe {
  const { count, network, schedule, deviation = 1 } = options;
  const { size, classes } = network;
  return ({ id, stream }) => {
    const labels = Array.from({ length: count }, () => stream.integer(0, classes - 1));
    const data = { images: { tensor: 'images' }, labels: { tensor: 'labels' } };
    const initial = networkModule.given('initialWeights', [{ json: { ...network, seed: id } }]);
    const training = { initial, ...jsonArguments({ ...schedule, seed: id }) };
    return {
      inputs: { images: noise(stream, [count, size, size, 3], { deviation }), labels: integers(labels) },
      calls: [
        solution.call('trained', 'trainClassifier', [{ record: data }, { record: training }], observed),
      ],
      derived: [networkModule.call('weights', 'weightVector', [result('trained', ['weights'])])],
    };
  };
}

/**
 * What a small model makes of pictures with and without a mark; the two are random and share nothing. Also the maps of
 * the student's own function, whose mistakes are charged in its own part.
 */
export function relianceCase(
  options: {
    readonly count: number;
    readonly size: Size;
    readonly label: number;
    readonly region: MarkKind;
    /** The model has the same map for every picture. */
    readonly sameMap?: true;
  },
  { model, weights }: SmallModel,
): CaseRecipe {
  const { count, size, label, region, sameMap = false } = options;
  const [height, width] = size;
  const images = { marked: { tensor: 'marked' }, unmarked: { tensor: 'unmarked' } };
  const place = [{ json: region }, { number: height }, { number: width }];
  return ({ stream }) => {
    const tensors = weights(stream, size);
    const batch = (): TensorData => noise(stream, [count, ...size, 3]);
    return {
      // Then the share is that of the one map, too.
      constant: sameMap,
      inputs: {
        marked: batch(),
        unmarked: batch(),
        labels: integers(Array<number>(count).fill(label)),
        ...tensors,
      },
      calls: [
        solution.call(
          'reliance',
          'markReliance',
          [model, { record: images }, { number: label }, marks.given('markRegion', place)],
          observed,
        ),
        saliencyMap.solution.call(
          'own-maps',
          'computeSaliencyMaps',
          [{ tensor: 'marked' }, { tensor: 'labels' }, model],
          observed,
        ),
      ],
      derived: [marks.call('region', 'markRegion', place)],
    };
  };
}
