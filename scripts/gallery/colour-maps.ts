import { diverging, ember, gray, lagoon } from '../../reference/lib/picture/colour-maps.ts';
import { figure } from '../../reference/lib/picture/figure.ts';
import { heatMap } from '../../reference/lib/picture/heat-map.ts';
import { lineChart } from '../../reference/lib/picture/line-chart.ts';
import { srgbToOklab } from '../../reference/lib/picture/oklab.ts';
import type { Raster, ScalarMap } from '../../reference/lib/picture/raster.ts';

const maps = { ember, lagoon, gray, diverging };

function ramps(): Raster {
  const [width, height] = [360, 60];
  const ramp: ScalarMap = {
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, i) => (i % width) / (width - 1)),
  };
  return figure({
    title: 'Colour maps',
    rows: Object.keys(maps),
    panels: Object.values(maps).map((colours) => [
      { picture: heatMap(ramp, { colours, range: { min: 0, max: 1 } }) },
    ]),
    cell: { width: 480, height: 80 },
  });
}

/** The colour maps, and beside them how their lightness rises. */
export function colourMaps(): Raster {
  const left = ramps();
  const { width, height } = left;
  const lightness = lineChart({
    xLabel: 'value',
    yLabel: 'OKLab lightness',
    width,
    height,
    series: Object.entries(maps).map(([name, colours]) => ({
      name,
      points: Array.from({ length: 101 }, (_, i) => [i / 100, srgbToOklab(colours(i / 100))[0]] as const),
    })),
  });
  return figure({ panels: [[{ picture: left }, { picture: lightness }]], cell: { width, height } });
}
