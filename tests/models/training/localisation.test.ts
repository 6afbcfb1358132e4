import { describe, expect, it } from 'vitest';
import { chanceOf, measureLocalisation } from '../../../models/localisation/measure.ts';

const measure = (maps: number[][], masks: number[][]) =>
  measureLocalisation({
    maps: Float32Array.from(maps.flat()),
    masks: Float32Array.from(masks.flat()),
    pictures: maps.length,
  });

describe('localisation', () => {
  it('of an even map is chance', () => {
    const masks = [[1, 0, 0, 0, 1, 0, 0, 0]];
    expect(chanceOf(Float32Array.from(masks[0]))).toBe(0.25);
    expect(measure([[3, 3, 3, 3, 3, 3, 3, 3]], masks)).toMatchObject({ energy: 0.25, timesChance: 1 });
  });

  it('is the mean over the pictures, each map by its own sum', () => {
    const masks = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ];
    const maps = [
      [4, 0, 0, 0],
      [300, 100, 0, 0],
    ];
    expect(measure(maps, masks)).toEqual({ energy: 0.625, timesChance: 2.5, pointingGame: 0.5 });
  });

  it('counts pixels that the object covers in part by that part', () => {
    expect(measure([[1, 1]], [[0.5, 0.25]])).toMatchObject({ energy: 0.375, pointingGame: 1 });
  });

  it('gives a map of zeros nothing', () => {
    const zero = measure(
      [
        [0, 0],
        [1, 0],
      ],
      [
        [1, 0],
        [1, 0],
      ],
    );
    expect(zero).toEqual({ energy: 0.5, timesChance: 1, pointingGame: 0.5 });
  });
});
