import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countedPictures, readDrawingOptions } from '../../reference/lib/drawing-options.ts';
import { encodePng } from '../../reference/lib/picture/files.ts';
import { createRaster } from '../../reference/lib/picture/raster.ts';

const drawn = ['one', 'two', 'style-transfer'];
let folder: string;
const picture = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawing-options-'));
  writeFileSync(picture('red.png'), encodePng(createRaster(4, 3, [1, 0, 0])));
  writeFileSync(picture('blue.png'), encodePng(createRaster(2, 5, [0, 0, 1])));
  writeFileSync(picture('notes.txt'), 'no picture');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the command line of npm run visualize', () => {
  it('names parts, and nothing else unless asked', async () => {
    expect(await readDrawingOptions([], drawn)).toEqual({ parts: [], options: {} });
    expect(await readDrawingOptions(['one', 'two'], drawn)).toEqual({ parts: ['one', 'two'], options: {} });
  });

  it('takes the name or the path of the file that is submitted', async () => {
    const called = async (...names: string[]): Promise<string[]> =>
      (await readDrawingOptions(names, drawn, ['style-transfer.ts', 'style-modules/tv-loss.ts', 'quiz.md']))
        .parts;
    expect(await called('style_transfer.ts', './lib/Two.ts', String.raw`lib\two.ts`)).toEqual([
      'style-transfer',
      'two',
    ]);
    await expect(called('quiz')).rejects.toThrow(
      'quiz has no picture; npm run check quiz tells how it does.',
    );
    await expect(called('TV_loss')).rejects.toThrow('tv-loss has no picture');
    await expect(called('tv-los')).rejects.toThrow('There is no part tv-los (did you mean tv-loss?).');
    await expect(called('stile-transfer')).rejects.toThrow('did you mean style-transfer?');
  });

  it('loads pictures of one’s own, as content and style and to be explained', async () => {
    const { parts, options } = await readDrawingOptions(
      [
        ...['style-transfer', '--content', picture('red.png'), '--style', picture('blue.png')],
        ...['--picture', picture('blue.png'), '--picture', picture('red.png')],
      ],
      drawn,
    );
    expect(parts).toEqual(['style-transfer']);
    const sizes = [options.content, options.style, ...(options.pictures ?? [])].map(
      (raster) => raster?.height,
    );
    expect(sizes).toEqual([3, 5, 5, 3]);
    expect([...(options.content?.data.slice(0, 3) ?? [])]).toEqual([1, 0, 0]);
  });

  it('says which part, which option or which file is wrong', async () => {
    await expect(readDrawingOptions(['three', 'one'], drawn)).rejects.toThrow(
      'There is no part three. Parts with a picture: one, two, style-transfer',
    );
    await expect(readDrawingOptions(['--colour', 'red'], drawn)).rejects.toThrow('--colour');
    await expect(readDrawingOptions(['--style', picture('notes.txt')], drawn)).rejects.toThrow('notes.txt');
    await expect(readDrawingOptions(['--model', picture('notes.txt')], drawn)).rejects.toThrow('notes.txt');
    await expect(readDrawingOptions(['--content', picture('gone.png')], drawn)).rejects.toThrow('gone.png');
  });
});

describe('how many pictures are at work', () => {
  it('is said in the singular of one', () => {
    expect([0, 1, 5].map(countedPictures)).toEqual(['0 pictures', '1 picture', '5 pictures']);
  });
});
