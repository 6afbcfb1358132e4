import { join } from 'node:path';
import { savePicture } from '../../reference/lib/picture/files.ts';
import type { Raster } from '../../reference/lib/picture/raster.ts';
import { charts } from './charts.ts';
import { colourMaps } from './colour-maps.ts';
import { dataset } from './dataset.ts';
import { heatMaps } from './heat-maps.ts';
import { letters } from './letters.ts';
import { paintings } from './paintings.ts';
import { resizing } from './resizing.ts';

/** The pictures of the gallery by the name of their file. */
const pictures: Readonly<Record<string, () => Raster>> = {
  dataset,
  paintings,
  'colour-maps': colourMaps,
  'heat-maps': heatMaps,
  resizing,
  charts,
  letters,
};

/** Draws every picture of the gallery into a directory. */
export async function drawGallery(directory: string): Promise<void> {
  for (const [name, draw] of Object.entries(pictures)) {
    const path = join(directory, `${name}.png`);
    await savePicture(path, draw());
    console.log(path);
  }
}
