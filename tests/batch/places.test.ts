import { describe, expect, it } from 'vitest';
import { placesOf, type PlacesWanted } from '../../batch/workers/places.ts';

const devicesOf = (wanted: PlacesWanted): (string | undefined)[] =>
  placesOf(wanted, 4).map(({ device }) => device);

describe('the places of a machine', () => {
  it('are as many as its cores, or as is said, and name no device', () => {
    expect(devicesOf({})).toEqual([undefined, undefined, undefined, undefined]);
    expect(devicesOf({ jobs: 2 })).toEqual([undefined, undefined]);
  });

  it('are one on each card that is named', () => {
    expect(devicesOf({ gpu: ['0', '1'] })).toEqual(['0', '1']);
  });

  it('are as many on each as is said, and the first ones are on different cards', () => {
    expect(devicesOf({ gpu: ['0', '1', '3'], perGpu: 2 })).toEqual(['0', '1', '3', '0', '1', '3']);
  });

  it('are counted in one way only', () => {
    expect(() => devicesOf({ jobs: 2, gpu: ['0'] })).toThrow('--jobs does not go with --gpu');
    expect(() => devicesOf({ perGpu: 2 })).toThrow('--per-gpu goes with --gpu');
  });
});
