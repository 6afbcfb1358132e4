import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { Command } from 'commander';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { embeddedModels, embeddedWeightsPath, loadEmbedded } from '../../reference/lib/models/embedded.ts';
import { figure } from '../../reference/lib/picture/figure.ts';
import { savePicture } from '../../reference/lib/picture/files.ts';
import { magnitudeRange, overlay } from '../../reference/lib/picture/heat-map.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import type { Raster, ScalarMap } from '../../reference/lib/picture/raster.ts';
import { drawShape } from '../../reference/lib/shapes/draw-shape.ts';
import { shapeBatch } from '../../reference/lib/shapes/shape-batch.ts';
import { shapeRaster } from '../../reference/lib/shapes/shape-raster.ts';
import { gradCam } from '../../reference/parts/grad-cam/grad-cam.ts';
import { saliencyVariant } from '../../reference/parts/saliency-variants/saliency-variants.ts';
import { chanceOf, measureLocalisation } from '../../models/localisation/measure.ts';
import type { Localisation } from '../../models/localisation/measure.ts';
import { readCard, writeCard } from '../../models/training/card-files.ts';

const pictures = 200;
const seed = 'localisation';
const batch = 20;

/** The maps that are measured, of the true class of each picture. */
const kinds: Record<string, (images: Tensor4D, labels: Tensor1D, model: Classifier) => Tensor3D> = {
  'Grad-CAM, feature 12': (images, labels, model) => gradCam(images, labels, model, 12),
  'Grad-CAM, feature 7': (images, labels, model) => gradCam(images, labels, model, 7),
  'saliency, smoothed': (images, labels, model) =>
    saliencyVariant(images, labels, model, { smoothing: { samples: 16, deviation: 0.3, seed } }),
  saliency: (images, labels, model) => saliencyVariant(images, labels, model),
};

const program = new Command('localisation')
  .description(
    `Measure on ${pictures} fresh pictures whether the embedded networks' explanations lie on the object, and note ` +
      'it in their model cards.',
  )
  .option(
    '--picture <file>',
    'also draw the first maps of each network, as FILE-standard.png and FILE-robust.png',
  )
  .parse();
const { picture } = program.opts<{ picture?: string }>();

await prepareBackend({ backend: 'auto' });
for (const name of embeddedModels) {
  const model = loadEmbedded(name);
  const size = model.inputSize;
  const masks = new Float32Array(pictures * size * size);
  const maps = Object.keys(kinds).map(() => new Float32Array(masks.length));
  for (let start = 0; start < pictures; start += batch) {
    const drawn = shapeBatch({ seed, start, count: batch, size });
    masks.set(drawn.masks, start * size * size);
    tf.tidy(() => {
      const images = preprocess(tf.tensor4d(drawn.images, [batch, size, size, 3]));
      const labels = tf.tensor1d(drawn.labels, 'int32');
      for (const [i, make] of Object.values(kinds).entries()) {
        maps[i].set(make(images, labels, model).dataSync(), start * size * size);
      }
    });
  }
  model.dispose();

  const chance = chanceOf(masks);
  const measured = Object.fromEntries(
    Object.keys(kinds).map((kind, i) => [kind, measureLocalisation({ maps: maps[i], masks, pictures })]),
  );
  const path = embeddedWeightsPath(name);
  await writeCard(path, { ...readCard(path), localisation: { seed, pictures, chance, maps: measured } });
  console.log(`${name}: objects cover ${(100 * chance).toFixed(1)}% of a picture\n${describe(measured)}`);
  if (picture !== undefined) await draw(`${picture}-${name}.png`, maps, size, name);
}

function describe(measured: Record<string, Localisation>): string {
  const rows = Object.entries(measured).map(
    ([kind, { energy, timesChance, pointingGame }]) =>
      `  ${kind.padEnd(22)} energy on the object ${(100 * energy).toFixed(1)}% (${timesChance.toFixed(2)}x chance), ` +
      `peak on the object ${(100 * pointingGame).toFixed(1)}%`,
  );
  return rows.join('\n');
}

/** The first pictures, each with its maps over it. */
async function draw(path: string, maps: Float32Array[], size: number, name: string): Promise<void> {
  const shown = 10;
  const rasters = Array.from({ length: shown }, (_, index) => shapeRaster(drawShape({ seed, index, size })));
  const mapOf = (values: Float32Array, i: number): ScalarMap => ({
    width: size,
    height: size,
    values: values.subarray(i * size * size, (i + 1) * size * size),
  });
  // A few pixels of a saliency map outshine all others: the brightest colour begins at the 99th percentile.
  const shade = (raster: Raster, map: ScalarMap): Raster =>
    overlay(raster, map, { range: magnitudeRange([map], 0.99) });
  const panels = [
    rasters.map((raster) => ({ picture: raster })),
    ...maps.map((values) => rasters.map((raster, i) => ({ picture: shade(raster, mapOf(values, i)) }))),
  ];
  mkdirSync(dirname(path), { recursive: true });
  await savePicture(
    path,
    figure({
      title: `Explanations of the ${name} network`,
      rows: ['picture', ...Object.keys(kinds)],
      panels,
    }),
  );
}
