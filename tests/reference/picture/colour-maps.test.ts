import { describe, expect, it } from 'vitest';
import { diverging, ember, gray, lagoon } from '../../../reference/lib/picture/colour-maps.ts';
import { oklabToLight, oklabToSrgb, srgbToOklab } from '../../../reference/lib/picture/oklab.ts';

const samples = Array.from({ length: 33 }, (_, i) => i / 32);
const sequential = { ember, lagoon, gray };

describe('OKLab', () => {
  it.each([
    { colour: [1, 1, 1], oklab: [1, 0, 0] },
    { colour: [1, 0, 0], oklab: [0.628, 0.2249, 0.1258] },
    { colour: [0, 1, 0], oklab: [0.8664, -0.2339, 0.1795] },
    { colour: [0, 0, 1], oklab: [0.452, -0.0325, -0.3115] },
  ] as const)('has the published coordinates of $colour', ({ colour, oklab }) => {
    srgbToOklab(colour).forEach((value, i) => expect(value).toBeCloseTo(oklab[i], 3));
  });

  it('is left the way it was entered', () => {
    const colour = [0.2, 0.6, 0.35] as const;
    oklabToSrgb(srgbToOklab(colour)).forEach((value, i) => expect(value).toBeCloseTo(colour[i], 4));
  });

  it('gives linear light for black, gray and white', () => {
    expect(oklabToLight([0.5, 0, 0])[0]).toBeCloseTo(0.125, 6);
  });
});

describe.each(Object.entries(sequential))('the colour map %s', (_, colours) => {
  it('grows lighter with every step', () => {
    const lightness = samples.map((value) => srgbToOklab(colours(value))[0]);
    for (let i = 1; i < lightness.length; i++) expect(lightness[i]).toBeGreaterThan(lightness[i - 1]);
  });

  it('takes values outside of [0, 1] and NaN to its ends', () => {
    expect(colours(-3)).toEqual(colours(0));
    expect(colours(NaN)).toEqual(colours(0));
    expect(colours(7)).toEqual(colours(1));
  });
});

describe.each(Object.entries({ ember, lagoon }))('the colour map %s', (_, colours) => {
  it('has a lightness linear in the value', () => {
    const [start, end] = [0, 1].map((value) => srgbToOklab(colours(value))[0]);
    for (const value of samples) {
      expect(Math.abs(srgbToOklab(colours(value))[0] - (start + value * (end - start)))).toBeLessThan(0.002);
    }
  });

  it('has steps of alike size to the eye', () => {
    const path = samples.map((value) => srgbToOklab(colours(value)));
    const steps = path.slice(1).map((to, i) => Math.hypot(...to.map((value, axis) => value - path[i][axis])));
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.6);
  });

  it('stays inside of what a screen can show, so that nothing is clipped', () => {
    for (const value of samples) {
      for (const channel of colours(value)) {
        expect(channel).toBeGreaterThan(0);
        expect(channel).toBeLessThan(1);
      }
    }
  });
});

describe('the diverging colour map', () => {
  it('is neutral and lightest in the middle', () => {
    const [lightness, a, b] = srgbToOklab(diverging(0.5));
    expect(lightness).toBeGreaterThan(0.96);
    expect(Math.hypot(a, b)).toBeLessThan(0.003);
  });

  it('is blue below, red above, and equally light and colourful on both sides', () => {
    for (const offset of [0.1, 0.25, 0.5]) {
      const [below, above] = [diverging(0.5 - offset), diverging(0.5 + offset)];
      expect(below[2]).toBeGreaterThan(below[0]);
      expect(above[0]).toBeGreaterThan(above[2]);
      const [l1, a1, b1] = srgbToOklab(below);
      const [l2, a2, b2] = srgbToOklab(above);
      expect(l1).toBeCloseTo(l2, 2);
      expect(Math.hypot(a1, b1)).toBeCloseTo(Math.hypot(a2, b2), 2);
    }
  });
});
