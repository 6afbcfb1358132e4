import { barChart } from '../../reference/lib/picture/bar-chart.ts';
import { figure, inRows } from '../../reference/lib/picture/figure.ts';
import { lineChart, pointsOf } from '../../reference/lib/picture/line-chart.ts';
import type { Raster } from '../../reference/lib/picture/raster.ts';
import { rightColour } from '../../reference/lib/picture/theme.ts';
import { shapeClassNames } from '../../reference/lib/shapes/shape-classes.ts';

const width = 440;

function optimization(): Raster {
  const climb = (rate: number, noise: number): number[] =>
    Array.from({ length: 120 }, (_, i) => 18 * (1 - Math.exp(-rate * i)) - 2 + noise * Math.sin(i * 1.7));
  return lineChart({
    title: 'Score while a picture is optimized',
    xLabel: 'step',
    yLabel: 'score of the class',
    width,
    series: [
      { name: 'plain ascent', points: pointsOf(climb(0.02, 0.2)) },
      { name: 'momentum', points: pointsOf(climb(0.05, 0.5)) },
      { name: 'Adam', points: pointsOf(climb(0.1, 0.1)) },
    ],
  });
}

function accuracy(): Raster {
  return lineChart({
    title: 'Accuracy under attack',
    xLabel: 'size of the perturbation ε',
    yLabel: 'share predicted right',
    xScale: 'log',
    yRange: [0, 1],
    width,
    series: ['standard', 'robust'].map((name, i) => ({
      name,
      points: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3].map(
        (x) => [x, 1 / (1 + (x / (0.01 + 0.09 * i)) ** 2)] as const,
      ),
    })),
  });
}

function classScores(): Raster {
  const scores = [8.2, 1.1, -2, 0.4, -3.4, 2.2, 0, -1, 3.1, -0.2];
  return barChart({
    title: 'Class scores',
    width,
    bars: shapeClassNames.map((name, i) => ({
      name,
      value: scores[i],
      colour: i === 0 ? rightColour : undefined,
    })),
  });
}

export function charts(): Raster {
  return figure({
    title: 'Charts',
    cell: { width, height: 300 },
    panels: inRows(
      [optimization(), accuracy(), classScores()].map((picture) => ({ picture })),
      2,
    ),
  });
}
