import { Command } from 'commander';
import { figure } from '../../reference/lib/picture/figure.ts';
import { savePicture } from '../../reference/lib/picture/files.ts';
import { drawShape } from '../../reference/lib/shapes/draw-shape.ts';
import { shapeClassNames } from '../../reference/lib/shapes/shape-classes.ts';
import { shapeRaster } from '../../reference/lib/shapes/shape-raster.ts';

const values = new Command('contact-sheet')
  .description('Draw pictures of every class of the dataset with their names, for a person to look at.')
  .option('--seed <text>', 'of the scenes', 'contact sheet')
  .option('--count <n>', 'pictures of a class', '10')
  .option('--size <pixels>', 'side of a picture', '64')
  .option('--out <file>', 'where it goes', 'visualization/gallery/contact-sheet.png')
  .parse()
  .opts<{ seed: string; count: string; size: string; out: string }>();
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
