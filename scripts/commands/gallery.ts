import { join } from 'node:path';
import { Command } from 'commander';
import { barChart } from '../../reference/lib/picture/bar-chart.ts';
import { diverging, ember, gray, lagoon } from '../../reference/lib/picture/colour-maps.ts';
import { figure, inRows } from '../../reference/lib/picture/figure.ts';
import { savePicture } from '../../reference/lib/picture/files.ts';
import { characters } from '../../reference/lib/picture/glyphs.ts';
import {
  heatMap,
  magnitudeRange,
  overlay,
  resizeMap,
  signedMap,
  signedRange,
} from '../../reference/lib/picture/heat-map.ts';
import { lineChart, pointsOf } from '../../reference/lib/picture/line-chart.ts';
import { srgbToOklab } from '../../reference/lib/picture/oklab.ts';
import { createRaster } from '../../reference/lib/picture/raster.ts';
import type { Raster, ScalarMap } from '../../reference/lib/picture/raster.ts';
import { resize } from '../../reference/lib/picture/resize.ts';
import { drawText } from '../../reference/lib/picture/text.ts';
import { ink, rightColour, wrongColour } from '../../reference/lib/picture/theme.ts';
import { drawShape } from '../../reference/lib/shapes/draw-shape.ts';
import { landscape } from '../../reference/lib/shapes/landscape.ts';
import { shapeClassNames } from '../../reference/lib/shapes/shape-classes.ts';
import { shapeMask, shapeRaster } from '../../reference/lib/shapes/shape-raster.ts';
import { styles } from '../../reference/lib/shapes/styles.ts';

const values = new Command('gallery')
  .description(
    'Render every kind of picture that the toolkit makes into one folder, for a person to look at.',
  )
  .option('--out <folder>', 'where they go', 'visualization/gallery')
  .parse()
  .opts<{ out: string }>();

const scenes = [1, 2, 3, 5, 8].map((index) => drawShape({ seed: 'gallery', index, size: 64 }));
const names = scenes.map(({ label }) => shapeClassNames[label]);

/** Brightness change from left to right: a signed map that looks much like a gradient. */
function edges({ width, height, data }: Raster): ScalarMap {
  const luma = Float32Array.from(
    { length: width * height },
    (_, i) => data[3 * i] + data[3 * i + 1] + data[3 * i + 2],
  );
  const change = luma.map((value, i) => (i % width === 0 ? 0 : value - luma[i - 1]));
  return { width, height, values: change };
}

function dataset(): Raster {
  return figure({
    title: 'Pictures of the shapes dataset and their object masks',
    columns: names,
    rows: ['picture', 'object mask', '32 pixels', '128 pixels'],
    panels: [
      scenes.map((scene) => ({ picture: shapeRaster(scene) })),
      scenes.map((scene) => ({ picture: heatMap(shapeMask(scene), { colours: gray }) })),
      ...[32, 128].map((size) =>
        [1, 2, 3, 5, 8].map((index) => ({
          picture: shapeRaster(drawShape({ seed: 'gallery', index, size })),
        })),
      ),
    ],
  });
}

function paintings(): Raster {
  const pictures = [{ name: 'landscape (content)', paint: landscape }, ...styles];
  return figure({
    title: 'Content and style pictures',
    columns: pictures.map(({ name }) => name),
    rows: ['224 pixels', '64 pixels'],
    panels: [224, 64].map((size) => pictures.map(({ paint }) => ({ picture: paint(size) }))),
    cell: 224,
  });
}

function colourMaps(): Raster {
  const maps = { ember, lagoon, gray, diverging };
  const ramp: ScalarMap = {
    width: 360,
    height: 60,
    values: Float32Array.from({ length: 360 * 60 }, (_, i) => (i % 360) / 359),
  };
  const ramps = figure({
    title: 'Colour maps',
    rows: Object.keys(maps),
    panels: Object.values(maps).map((colours) => [
      { picture: heatMap(ramp, { colours, range: { min: 0, max: 1 } }) },
    ]),
    cell: { width: 480, height: 80 },
  });
  const lightness = lineChart({
    xLabel: 'value',
    yLabel: 'OKLab lightness',
    width: ramps.width,
    height: ramps.height,
    series: Object.entries(maps).map(([name, colours]) => ({
      name,
      points: Array.from({ length: 101 }, (_, i) => [i / 100, srgbToOklab(colours(i / 100))[0]] as const),
    })),
  });
  return figure({
    panels: [[{ picture: ramps }, { picture: lightness }]],
    cell: { width: ramps.width, height: ramps.height },
  });
}

function heatMaps(): Raster {
  const pictures = scenes.map(shapeRaster);
  const signed = pictures.map(edges);
  const coarse = scenes.map((scene) => resizeMap(resizeMap(shapeMask(scene), 6, 6), 64, 64));
  const strongest = signedRange(signed, 0.99);
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
        caption: `predicted ${names[(i * 3) % 5]}\n(score ${(9.31 - i).toFixed(2)})`,
        frame: i === (i * 3) % 5 ? rightColour : wrongColour,
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

const magnitudeOf = (map: ScalarMap): ScalarMap => ({ ...map, values: map.values.map(Math.abs) });

function resizing(): Raster {
  const large = landscape(384);
  const small = resize(large, { width: 48, height: 48, method: 'area' });
  const methods = ['nearest', 'area', 'bilinear'] as const;
  return figure({
    title: 'Resizing',
    columns: methods,
    rows: ['384 to 96 pixels', '48 to 192 pixels'],
    panels: [
      methods.map((method) => ({ picture: resize(large, { width: 96, height: 96, method }) })),
      methods.map((method) => ({ picture: resize(small, { width: 192, height: 192, method }) })),
    ],
    cell: 192,
  });
}

function charts(): Raster {
  const climb = (rate: number, noise: number): number[] =>
    Array.from({ length: 120 }, (_, i) => 18 * (1 - Math.exp(-rate * i)) - 2 + noise * Math.sin(i * 1.7));
  const scores = [8.2, 1.1, -2, 0.4, -3.4, 2.2, 0, -1, 3.1, -0.2];
  return figure({
    title: 'Charts',
    cell: { width: 440, height: 300 },
    panels: inRows(
      [
        {
          picture: lineChart({
            title: 'Score while a picture is optimized',
            xLabel: 'step',
            yLabel: 'score of the class',
            width: 440,
            series: [
              { name: 'plain ascent', points: pointsOf(climb(0.02, 0.2)) },
              { name: 'momentum', points: pointsOf(climb(0.05, 0.5)) },
              { name: 'Adam', points: pointsOf(climb(0.1, 0.1)) },
            ],
          }),
        },
        {
          picture: lineChart({
            title: 'Accuracy under attack',
            xLabel: 'size of the perturbation ε',
            yLabel: 'share predicted right',
            xScale: 'log',
            yRange: [0, 1],
            width: 440,
            series: ['standard', 'robust'].map((name, i) => ({
              name,
              points: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3].map(
                (x) => [x, 1 / (1 + (x / (0.01 + 0.09 * i)) ** 2)] as const,
              ),
            })),
          }),
        },
        {
          picture: barChart({
            title: 'Class scores',
            width: 440,
            bars: shapeClassNames.map((name, i) => ({
              name,
              value: scores[i],
              colour: i === 0 ? rightColour : undefined,
            })),
          }),
        },
      ],
      2,
    ),
  });
}

function letters(): Raster {
  const sheet = createRaster(920, 420);
  let y = 36;
  const write = (text: string, size: number, bold = false): void => {
    drawText(sheet, text, { x: 24, y, size, bold, colour: ink });
    y += Math.round(size * 1.75);
  };
  write('Letters of the toolkit', 22, true);
  const visible = characters.filter((character) => character.trim() !== '');
  for (let i = 0; i < visible.length; i += 50) write(visible.slice(i, i + 50).join(''), 22);
  for (const size of [11, 12, 13, 14, 16]) {
    write(
      `${size} px: class "hourglass" scores −4.27 (98.3 %), λ = 1e−3, R² = 0.97, σ = 0.15, ‖g‖ ≤ 1`,
      size,
    );
  }
  write('Bold 14: Saliency of the correct class, quick brown foxes jump over the lazy dog', 14, true);
  drawText(sheet, 'upwards', { x: 905, y: 400, size: 14, colour: ink, vertical: true });
  return sheet;
}

const pictures = {
  dataset,
  paintings,
  'colour-maps': colourMaps,
  'heat-maps': heatMaps,
  resizing,
  charts,
  letters,
};
for (const [name, draw] of Object.entries(pictures)) {
  const path = join(values.out, `${name}.png`);
  await savePicture(path, draw());
  console.log(path);
}
