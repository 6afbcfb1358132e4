import { join } from 'node:path';
import { countedPictures, type DrawingOptions } from '../lib/drawing-options.ts';
import { gallery } from '../lib/gallery.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { savePicture } from '../lib/picture/files.ts';
import { saliencyFigure } from '../lib/figures/saliency-map.ts';
import { computeSaliencyMaps } from '../visualizers/saliency-map.ts';

/** Draws five pictures above their saliency maps and returns the file. */
export async function visualize(
  options: DrawingOptions & { readonly outputDirectory: string },
): Promise<string[]> {
  const model = options.model ?? loadEmbedded('standard');
  const { images, labels, names } = gallery(model, options.pictures, options.labels);
  options.onProgress?.(`saliency maps of ${countedPictures(names.length)}`);
  const maps = computeSaliencyMaps(images, labels, model); // [N, H, W]
  const file = join(options.outputDirectory, 'saliency_visualization.png');
  await savePicture(file, saliencyFigure({ images, maps, names }));
  return [file];
}
