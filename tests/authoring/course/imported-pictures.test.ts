import { beforeAll, describe, expect, it } from 'vitest';
import { importedPictures } from '../../../authoring/course/imported-pictures.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import type { PictureSet, StoredPicture } from '../../../picture-sets/picture-set.ts';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { loadEmbedded } from '../../../reference/lib/models/embedded.ts';

let model: Classifier;
beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
  model = loadEmbedded('standard');
});

/** A set of grey pictures, labelled in the order of the classes, that says whose pixels were read. */
function greySet(count: number, read: string[]): PictureSet {
  const explained = Array.from({ length: count }, (_, i): StoredPicture => {
    const name = `picture ${i}`;
    const pixels = (): Uint8Array => {
      read.push(name);
      return new Uint8Array(2 * 3 * 3).fill(51);
    };
    return { name, width: 2, height: 3, label: Math.floor((10 * i) / count), pixels };
  });
  return { name: 'grey', explained, content: [], styles: [], sha256: '0' };
}

describe('imported pictures of a course', () => {
  it('are read one at a time, as each is looked at', () => {
    const read: string[] = [];
    const { explained } = importedPictures(greySet(3, read), model);
    expect(read).toEqual([]);
    const { width, height, data } = explained[1].raster();
    expect(read).toEqual(['picture 1']);
    expect({ width, height, data: [...data] }).toEqual({
      width: 2,
      height: 3,
      data: Array<number>(18).fill(Math.fround(0.2)),
    });
  });

  it('of which no licence was said are told to be handed out without one', () => {
    const set = greySet(3, []);
    expect(importedPictures(set, model).note).toContain(
      'Under which licence they may be handed out was not said',
    );
    expect(importedPictures({ ...set, licence: 'CC0' }, model).note).toContain('Licence: CC0.');
  });

  it('are at most 200, of all classes alike', () => {
    const { explained } = importedPictures(greySet(400, []), model);
    const counts = new Map<number, number>();
    for (const { label } of explained) counts.set(label!, (counts.get(label!) ?? 0) + 1);
    expect([...counts]).toEqual(Array.from({ length: 10 }, (_, label) => [label, 20]));
  });
});
