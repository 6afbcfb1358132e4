import { describe, expect, it } from 'vitest';
import { labelsFor } from '../../picture-sets/labels.ts';
import type { PictureSet } from '../../picture-sets/picture-set.ts';

const set = (labels: readonly number[], classNames?: readonly string[]): PictureSet => ({
  name: 'mine',
  explained: labels.map((label) => ({
    name: 'a',
    width: 1,
    height: 1,
    label,
    pixels: () => new Uint8Array(3),
  })),
  content: [],
  styles: [],
  classNames,
  sha256: '',
});
const network = { name: 'net', classNames: ['goldfish, Carassius auratus', 'cat', 'crane', 'crane'] };

describe('labels of a set for a network', () => {
  it('are found by name where the set has names', () => {
    expect(labelsFor(set([1, 0, 1], ['Cat', 'goldfish']), network)).toEqual([0, 1, 0]);
  });

  it('stay as they are where the set has none, or has the network’s own', () => {
    expect(labelsFor(set([3, 0]), network)).toEqual([3, 0]);
    expect(labelsFor(set([3, 2], network.classNames), network)).toEqual([3, 2]);
  });

  it('are refused where the network lacks the class', () => {
    expect(() => labelsFor(set([0], ['dog']), network)).toThrow('net has no class "dog"');
    expect(() => labelsFor(set([4]), network)).toThrow('label 4 is none of the 4 classes of net, 0 to 3');
  });
});
