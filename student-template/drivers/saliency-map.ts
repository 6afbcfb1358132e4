import { join } from 'node:path';
import type { Classifier } from '../contract/classifier.ts';
import { gallery } from '../lib/gallery.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { savePicture } from '../lib/picture/files.ts';
import type { Raster } from '../lib/picture/raster.ts';
import { saliencyFigure } from '../lib/figures/saliency-map.ts';
import { computeSaliencyMaps } from '../visualizers/saliency-map.ts';

/** Draws five pictures above their saliency maps and returns the file. */
export async function visualize(options: {
  readonly outputDirectory: string;
  /** Default: the embedded network. */
  readonly model?: Classifier;
  /** Default: five of the shapes. */
  readonly pictures?: readonly Raster[];
}): Promise<string[]> {
  const model = options.model ?? loadEmbedded('standard');
  const { images, labels, names } = gallery(model, options.pictures);
  const maps = computeSaliencyMaps(images, labels, model); // [N, H, W]
  const file = join(options.outputDirectory, 'saliency_visualization.png');
  await savePicture(file, saliencyFigure({ images, maps, names }));
  return [file];
}
