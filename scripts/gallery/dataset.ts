import { gray } from '../../reference/lib/picture/colour-maps.ts';
import { figure } from '../../reference/lib/picture/figure.ts';
import { heatMap } from '../../reference/lib/picture/heat-map.ts';
import type { Raster } from '../../reference/lib/picture/raster.ts';
import { shapeMask, shapeRaster } from '../../reference/lib/shapes/shape-raster.ts';
import { galleryScenes } from './scenes.ts';

export function dataset(): Raster {
  const { scenes, names } = galleryScenes();
  return figure({
    title: 'Pictures of the shapes dataset and their object masks',
    columns: names,
    rows: ['picture', 'object mask', '32 pixels', '128 pixels'],
    panels: [
      scenes.map((scene) => ({ picture: shapeRaster(scene) })),
      scenes.map((scene) => ({ picture: heatMap(shapeMask(scene), { colours: gray }) })),
      ...[32, 128].map((size) =>
        galleryScenes(size).scenes.map((scene) => ({ picture: shapeRaster(scene) })),
      ),
    ],
  });
}
