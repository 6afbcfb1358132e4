import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { savePicture } from '../lib/picture/files.ts';
import { preprocess } from '../lib/picture/preprocess.ts';
import { addMark, markReliance, trainClassifier } from '../introspection/clever-hans.ts';
import { cleverHansFigure } from '../lib/figures/clever-hans.ts';
import type { HansRow } from '../lib/figures/clever-hans.ts';
import { betrayedData, hansClassNames, markedClass, shapeLabels, shapePixels } from '../lib/clever-hans/marked-shapes.ts';
import { markKinds, markRegion } from '../lib/clever-hans/marks.ts';
import type { MarkKind } from '../lib/clever-hans/marks.ts';
import { initialWeights, smallNetwork } from '../lib/clever-hans/small-network.ts';

const SIZE = 40;
/** Opaque; barely visible; the corners darker and lighter by as much. */
const strengths: Readonly<Record<MarkKind, number>> = { square: 1, watermark: 0.3, lightness: 0.3 };

const trainingSet = { seed: 'clever hans', perClass: 200, size: SIZE };
const newDiscs = { seed: 'test', perClass: 40, size: SIZE, only: markedClass };
const newStars = { seed: 'test', perClass: 40, size: SIZE, only: hansClassNames.indexOf('star') };

function train(pixels: Tensor4D, marked: Tensor4D, labels: Tensor1D): NamedTensorMap {
  const initial = initialWeights({
    size: SIZE,
    filters: [8, 16],
    classes: hansClassNames.length,
    seed: 'clever hans',
  });
  const data = betrayedData(pixels, marked, labels);
  const options = {
    initial,
    learningRate: 0.03,
    momentum: 0.9,
    batchSize: 40,
    epochs: 10,
    seed: 'clever hans',
  };
  const { weights } = trainClassifier(data, options);
  tf.dispose([initial, data.images]);
  return weights;
}

/**
 * Trains a network with each kind of mark, and one without any, and draws what they look at; takes a quarter of a
 * minute to a minute. Returns the file.
 */
export async function visualize({
  outputDirectory,
}: {
  readonly outputDirectory: string;
}): Promise<string[]> {
  const pixels = shapePixels(trainingSet); // [N, H, W, 3] in [0, 1]
  const labels = shapeLabels(trainingSet); // [N]
  const discs = shapePixels(newDiscs); // [M, H, W, 3] in [0, 1]
  const stars = shapePixels(newStars); // [M, H, W, 3] in [0, 1]
  const honest = smallNetwork(train(pixels, pixels, labels));

  const rows = markKinds.map((kind): HansRow => {
    const strength = strengths[kind];
    const weights = train(pixels, addMark(pixels, kind, strength), labels);
    const marked = addMark(discs, kind, strength);
    const images = { marked: preprocess(marked), unmarked: preprocess(discs) };
    const region = markRegion(kind, SIZE, SIZE);
    const { maps } = markReliance(smallNetwork(weights), images, markedClass, region);
    const { maps: honestMaps } = markReliance(honest, images, markedClass, region);
    const othersMarked = addMark(stars, kind, strength);
    return { kind, weights, unmarked: discs, marked, maps, honestMaps, othersMarked };
  });
  const file = join(outputDirectory, 'clever_hans.png');
  await savePicture(file, cleverHansFigure(rows));
  return [file];
}
