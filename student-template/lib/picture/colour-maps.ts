import { oklabToSrgb } from './oklab.ts';
import type { Oklab } from './oklab.ts';
import type { Colour } from './raster.ts';

/** A colour for every number of [0, 1]; numbers outside take the colour of the nearer end, NaN that of 0. */
export type ColourMap = (value: number) => Colour;

const steps = 1024;

/** Looks up a path through OKLab that was walked once. */
function tabulate(path: (t: number) => Oklab): ColourMap {
  const table = Array.from({ length: steps }, (_, i) => oklabToSrgb(path(i / (steps - 1))));
  return (value) => {
    const index = Math.round(value * (steps - 1));
    return table[index > 0 ? Math.min(index, steps - 1) : 0];
  };
}

/** The colourful part of an OKLab colour. */
type Chroma = readonly [a: number, b: number];

/** A smooth curve through points at equal distances (Catmull and Rom 1974). */
function throughPoints(points: readonly Chroma[], t: number): Chroma {
  const position = t * (points.length - 1);
  const start = Math.min(points.length - 2, Math.floor(position));
  const u = position - start;
  const [before, from, to, after] = [-1, 0, 1, 2].map(
    (offset) => points[Math.min(points.length - 1, Math.max(0, start + offset))],
  );
  const along = (axis: 0 | 1): number =>
    from[axis] +
    (u / 2) *
      (to[axis] -
        before[axis] +
        u *
          (2 * before[axis] -
            5 * from[axis] +
            4 * to[axis] -
            after[axis] +
            u * (3 * (from[axis] - to[axis]) + after[axis] - before[axis])));
  return [along(0), along(1)];
}

interface SequentialPath {
  /** OKLab lightness at 0 and at 1; it grows linearly, so that equal steps of the value look equally large. */
  readonly lightness: readonly [darkest: number, lightest: number];
  /** Hue in degrees and chroma at equally distant values. */
  readonly hues: readonly (readonly [degrees: number, chroma: number])[];
}

function sequential({ lightness: [darkest, lightest], hues }: SequentialPath): ColourMap {
  const points = hues.map(([degrees, chroma]): Chroma => {
    const angle = (degrees * Math.PI) / 180;
    return [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  });
  return tabulate((t) => [darkest + t * (lightest - darkest), ...throughPoints(points, t)]);
}

/** Black over violet, crimson and orange to pale yellow: for magnitudes, such as saliency maps, and over gray pictures. */
export const ember: ColourMap = sequential({
  lightness: [0.08, 0.98],
  hues: [
    [285, 0.02],
    [293, 0.12],
    [325, 0.17],
    [15, 0.19],
    [45, 0.17],
    [78, 0.15],
    [105, 0.06],
  ],
});

/** Deep violet over blue and green to yellow: for maps that must not be taken for magnitudes from zero. */
export const lagoon: ColourMap = sequential({
  lightness: [0.25, 0.93],
  hues: [
    [305, 0.12],
    [275, 0.13],
    [228, 0.09],
    [175, 0.11],
    [145, 0.18],
    [108, 0.18],
  ],
});

/** Black to white; the transfer function of sRGB makes equal steps look about equal. */
export const gray: ColourMap = (value) => {
  const channel = value > 0 ? Math.min(1, value) : 0;
  return [channel, channel, channel];
};

/**
 * Blue over near-white to red, for signed values: 0.5 is the neutral middle, and values equally far from it are
 * equally light, so that neither sign looks stronger.
 */
export const diverging: ColourMap = tabulate((t) => {
  const strength = Math.abs(2 * t - 1);
  const angle = ((t < 0.5 ? 258 : 27) * Math.PI) / 180;
  const chroma = 0.17 * strength * (2 - strength) * (1 - 0.12 * strength);
  return [0.97 - 0.5 * strength, chroma * Math.cos(angle), chroma * Math.sin(angle)];
});
