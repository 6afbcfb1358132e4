import { diverging, ember, lagoon } from '../../reference/lib/picture/colour-maps.ts';
import { figure } from '../../reference/lib/picture/figure.ts';
import {
  heatMap,
  magnitudeRange,
  overlay,
  resizeMap,
  signedMap,
  signedRange,
} from '../../reference/lib/picture/heat-map.ts';
import type { Raster, ScalarMap } from '../../reference/lib/picture/raster.ts';
import { rightColour, wrongColour } from '../../reference/lib/picture/theme.ts';
import { shapeMask, shapeRaster } from '../../reference/lib/shapes/shape-raster.ts';
import { galleryScenes, sceneSize } from './scenes.ts';

/** Brightness change from left to right: a signed map that looks much like a gradient. */
function edges({ width, height, data }: Raster): ScalarMap {
  const luma = Float32Array.from(
    { length: width * height },
    (_, i) => data[3 * i] + data[3 * i + 1] + data[3 * i + 2],
  );
  const change = luma.map((value, i) => (i % width === 0 ? 0 : value - luma[i - 1]));
  return { width, height, values: change };
}

const magnitudeOf = (map: ScalarMap): ScalarMap => ({ ...map, values: map.values.map(Math.abs) });

export function heatMaps(): Raster {
  const { scenes, names } = galleryScenes();
  const pictures = scenes.map(shapeRaster);
  const signed = pictures.map(edges);
  const coarse = scenes.map((scene) => resizeMap(resizeMap(shapeMask(scene), 6, 6), sceneSize, sceneSize));
  const strongest = signedRange(signed, 0.99);
  const predicted = (i: number): number => (3 * i) % names.length;
  return figure({
    title: 'Maps of numbers over pictures',
    subtitle:
      'Stand-ins for explanations: the change of brightness along a row, and the object mask at 6 × 6 cells.',
    columns: names,
    rows: [
      'picture',
      'magnitude',
      'magnitude, 99th percentile',
      'signed',
      'coarse heat map',
      'laid over the picture',
    ],
    panels: [
      pictures.map((picture, i) => ({
        picture,
        caption: `predicted ${names[predicted(i)]}\n(score ${(9.31 - i).toFixed(2)})`,
        frame: i === predicted(i) ? rightColour : wrongColour,
      })),
      signed.map((map) => ({ picture: heatMap(magnitudeOf(map)) })),
      signed.map((map) => ({ picture: heatMap(magnitudeOf(map), { range: magnitudeRange([map], 0.99) }) })),
      signed.map((map) => ({ picture: signedMap(map, strongest) })),
      coarse.map((map) => ({ picture: heatMap(map, { colours: lagoon }) })),
      pictures.map((picture, i) => ({ picture: overlay(picture, coarse[i]) })),
    ],
    bars: [
      { colours: ember, range: { min: 0, max: strongest.max }, label: 'magnitude' },
      { colours: diverging, range: strongest, label: 'change of brightness' },
      { colours: lagoon, range: { min: 0, max: 1 }, label: 'share of the cell' },
    ],
    note: 'Green frame: the prediction is right. Red frame: it is wrong.',
  });
}
