import type { Colour } from './raster.ts';

/** A colour of OKLab: perceived lightness in [0, 1], green to red, blue to yellow. */
export type Oklab = readonly [lightness: number, a: number, b: number];

/** The transfer function of sRGB (IEC 61966-2-1): linear light in [0, 1] to a channel's value. */
function encodeChannel(light: number): number {
  const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.min(1, Math.max(0, value));
}

function decodeChannel(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light of an OKLab colour (Ottosson 2020, "A perceptual color space for image processing"). */
export function oklabToLight([lightness, a, b]: Oklab): Colour {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The sRGB colour of an OKLab colour; channels outside of the gamut are clipped. */
export function oklabToSrgb(colour: Oklab): Colour {
  const [red, green, blue] = oklabToLight(colour);
  return [encodeChannel(red), encodeChannel(green), encodeChannel(blue)];
}

/** The OKLab colour of an sRGB colour. */
export function srgbToOklab(colour: Colour): Oklab {
  const [red, green, blue] = colour.map(decodeChannel);
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
