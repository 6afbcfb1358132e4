import { join } from 'node:path';
import { countedPictures, type DrawingOptions } from '../lib/drawing-options.ts';
import { gallery } from '../lib/gallery.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { savePicture } from '../lib/picture/files.ts';
import { gradCamFigure, shownLayers } from '../lib/figures/grad-cam.ts';
import { gradCam, guidedBackprop } from '../visualizers/grad-cam.ts';

/** Draws Grad-CAM of several layers, guided backpropagation and their product for five pictures. */
export async function visualize(
  options: DrawingOptions & { readonly outputDirectory: string },
): Promise<string[]> {
  const model = options.model ?? loadEmbedded('standard');
  const { images, labels, names } = gallery(model, options.pictures, options.labels);
  options.onProgress?.(`Grad-CAM of ${countedPictures(names.length)}`);
  const layers = shownLayers.map((layer) => ({ layer, maps: gradCam(images, labels, model, layer) })); // [N, H, W] each
  const guided = guidedBackprop(images, labels, model); // [N, H, W, 3]
  const file = join(options.outputDirectory, 'gradcam_visualization.png');
  await savePicture(file, gradCamFigure({ images, names, layers, guided }));
  return [file];
}
