import { parseArgs } from 'node:util';
import { figure } from '../reference/lib/picture/figure.ts';
import { savePicture } from '../reference/lib/picture/files.ts';
import { drawShape } from '../reference/lib/shapes/draw-shape.ts';
import { shapeClassNames } from '../reference/lib/shapes/shape-classes.ts';
import { shapeRaster } from '../reference/lib/shapes/shape-raster.ts';

// Draws pictures of every class of the dataset with their names, for a person to look at.
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'contact sheet' },
    count: { type: 'string', default: '10' },
    size: { type: 'string', default: '64' },
    out: { type: 'string', default: 'visualization/gallery/contact-sheet.png' },
  },
});
const { seed, out } = values;
const [count, size] = [Number(values.count), Number(values.size)];

const sheet = figure({
  title: 'The ten classes of the shapes dataset',
  subtitle: `Seed ${seed}, ${size} × ${size} pixels. Each column shows one scene with the class exchanged.`,
  rows: shapeClassNames,
  panels: shapeClassNames.map((_, label) =>
    Array.from({ length: count }, (_, index) => ({
      picture: shapeRaster(drawShape({ seed, index, size, label })),
    })),
  ),
});
await savePicture(out, sheet);
console.log(out);
