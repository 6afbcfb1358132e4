const DARK = matchMedia('(prefers-color-scheme: dark)');

/** From small to large. */
const RAMP = [
  [24, 18, 66],
  [92, 40, 128],
  [190, 66, 106],
  [240, 150, 72],
  [250, 240, 178],
];
/** At 0 the ground of the page. */
const SIGNED = {
  light: { below: [24, 92, 190], zero: [246, 246, 244], above: [214, 84, 20] },
  dark: { below: [96, 165, 255], zero: [30, 36, 46], above: [255, 138, 72] },
};
/** NaN and infinities. */
const NONE = 'rgb(230, 0, 200)';

/** The lowest and highest finite value; colours tell the sign where there are values below 0. */
export function scaleOf(...maps) {
  const scale = { lowest: Infinity, highest: -Infinity };
  for (const cells of maps) {
    for (const value of cells) {
      if (!Number.isFinite(value)) continue;
      scale.lowest = Math.min(scale.lowest, value);
      scale.highest = Math.max(scale.highest, value);
    }
  }
  return { ...scale, isSigned: scale.lowest < 0 };
}

/** A scale of differences, on which small ones are told from none: the colour goes with the square root. */
export const differenceScaleOf = (cells) => ({ ...scaleOf(cells), isSigned: true, isRoot: true });

function mix(from, to, share) {
  return `rgb(${from.map((channel, i) => Math.round(channel + share * (to[i] - channel))).join()})`;
}

/** The colour of a value on a scale. */
export function colourOf(value, { lowest, highest, isSigned, isRoot }) {
  if (!Number.isFinite(value)) return NONE;
  if (!isSigned) {
    const at = ((value - lowest) / (highest - lowest || 1)) * (RAMP.length - 1);
    const i = Math.min(RAMP.length - 2, Math.max(0, Math.floor(at)));
    return mix(RAMP[i], RAMP[i + 1], Math.min(1, at - i));
  }
  const share = Math.min(1, Math.abs(value) / (Math.max(-lowest, highest) || 1));
  const { below, zero, above } = SIGNED[DARK.matches ? 'dark' : 'light'];
  return mix(zero, value < 0 ? below : above, isRoot ? Math.sqrt(share) : share);
}

/** Calls when the page turns light or dark. */
export function onThemeChange(listener) {
  DARK.addEventListener('change', listener);
}
