import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPictureSet } from '../../picture-sets/cache/read-picture-set.ts';
import { replaceFolder } from '../../picture-sets/cache/replace-folder.ts';
import { removePictureSet } from '../../picture-sets/cache/remove-picture-set.ts';
import { evenly, importPictures, type PictureImport } from '../../picture-sets/import-pictures.ts';
import { rasterOf, type PictureSet } from '../../picture-sets/picture-set.ts';
import { encodePng } from '../../reference/lib/picture/files.ts';
import { cifar, idx, int64, npy, npz, someBytes } from './foreign-bytes.ts';

let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picture-sets-'));
  cache = join(folder, 'cache');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file below the folder, its path. */
function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A PNG of one grey. */
const png = (grey: number, width = 20, height = 17): Uint8Array =>
  encodePng({ width, height, data: new Float32Array(width * height * 3).fill(grey / 255) });

const network = {
  name: 'net',
  classNames: ['n01798484 quail, partridge', 'tarantula', 'crane', 'crane', 'red fox'],
};

async function imported(
  wanted: Partial<PictureImport>,
): Promise<PictureSet & { ignored: readonly string[] }> {
  const silent = { begin: () => {}, at: () => {} };
  const { ignored } = await importPictures(
    { name: 'mine', content: [], styles: [], ...wanted },
    silent,
    cache,
  );
  return { ...readPictureSet(wanted.name ?? 'mine', cache), ignored };
}

const told = ({ explained }: PictureSet) => explained.map(({ name, label }) => `${name} ${label}`);
const greys = (set: PictureSet) => set.explained.map((picture) => picture.pixels()[0]);

describe('importing labelled pictures', () => {
  it('takes one folder for each class, in order', async () => {
    put('birds/quail/b.png', png(2));
    put('birds/quail/a.PNG', png(1, 30, 18));
    put('birds/crane/c.png', png(3));
    put('birds/crane/notes.txt', 'x');
    put('birds/.DS_Store', 'x');
    put('birds/LICENCE', 'x');
    const set = await imported({ explained: join(folder, 'birds') });
    expect(told(set)).toEqual(['crane/c.png 0', 'quail/a.PNG 1', 'quail/b.png 1']);
    expect(set.classNames).toEqual(['crane', 'quail']);
    expect(greys(set)).toEqual([3, 1, 2]);
    expect(set.explained[1]).toMatchObject({ width: 30, height: 18 });
    expect(set.explained[1].pixels()).toEqual(new Uint8Array(3 * 30 * 18).fill(1));
    expect(set.ignored).toEqual(['LICENCE', 'crane/notes.txt']);
    const { width, height, data } = rasterOf(set.explained[0]);
    expect([width, height, data.length, data[5]]).toEqual([20, 17, 1020, Math.fround(3 / 255)]);
  });

  it('takes a CSV file beside the pictures, its names from a network', async () => {
    put('x/labels.csv', 'file,label\nb.png,partridge\nsub/a.png,Red_Fox\nc.png,n01798484\n');
    put('x/b.png', png(2));
    put('x/c.png', png(3));
    put('x/sub/a.png', png(1));
    put('x/d.png', png(4));
    const set = await imported({ explained: join(folder, 'x'), network });
    expect(told(set)).toEqual(['b.png 0', 'sub/a.png 4', 'c.png 0']);
    expect(set.classNames).toEqual(network.classNames);
    expect(set.network).toBe('net');
    expect(set.ignored).toEqual(['d.png']);
    expect(greys(await imported({ explained: join(folder, 'x/labels.csv'), network }))).toEqual([2, 1, 3]);
  });

  it('takes paths in a table however they are written', async () => {
    put('x/labels.csv', 'file,label\n./a.png,n\nsub\\b.png,m\n');
    put('x/a.png', png(1));
    put('x/sub/b.png', png(2));
    const set = await imported({ explained: join(folder, 'x') });
    expect(told(set)).toEqual(['a.png 1', 'sub/b.png 0']);
    expect(set.ignored).toEqual([]);
  });

  it('takes numbers for labels as indices', async () => {
    put('x/labels.csv', 'file,label\na.png,3\nb.png,0\n');
    put('x/a.png', png(1));
    put('x/b.png', png(2));
    const plain = await imported({ explained: join(folder, 'x') });
    expect(told(plain)).toEqual(['a.png 3', 'b.png 0']);
    expect(plain.classNames).toBeUndefined();
    expect((await imported({ explained: join(folder, 'x'), network })).classNames).toEqual(
      network.classNames,
    );
  });

  it('takes numbers among names as indices, unless a class is called so', async () => {
    put('x/labels.csv', 'file,label\na.png,quail\nb.png,3\nc.png,1\n');
    for (const [i, file] of ['a.png', 'b.png', 'c.png'].entries()) put(`x/${file}`, png(i));
    const set = await imported({ explained: join(folder, 'x'), network });
    expect(told(set)).toEqual(['a.png 0', 'b.png 3', 'c.png 1']);
    const digits = { name: 'digits', classNames: ['quail', '3', '1', 'zero'] };
    const named = await imported({ explained: join(folder, 'x'), network: digits });
    expect(told(named)).toEqual(['a.png 0', 'b.png 1', 'c.png 2']);
  });

  it('takes an .npz as the course’s own data has it', async () => {
    const data = someBytes(2 * 18 * 19 * 3);
    const map = npy([], Buffer.from('\x80\x04}.'), { type: '|O' });
    const path = put(
      'val.npz',
      npz({ X: npy([2, 18, 19, 3], data), y: npy([2], int64([4, 1]), { type: '<i8' }), label_map: map }),
    );
    const set = await imported({ explained: path, network });
    expect(told(set)).toEqual(['val.npz, number 0 4', 'val.npz, number 1 1']);
    expect(set.explained[1]).toMatchObject({ width: 19, height: 18 });
    expect(Buffer.from(set.explained[1].pixels())).toEqual(Buffer.from(data.subarray(18 * 19 * 3)));
  });

  it('takes MNIST’s files, packed or not, in grey', async () => {
    const grey = someBytes(2 * 28 * 28);
    const path = put('t10k-images-idx3-ubyte.gz', gzipSync(idx([2, 28, 28], grey)));
    put('t10k-labels-idx1-ubyte', idx([2], Uint8Array.of(7, 0)));
    const set = await imported({ explained: path });
    expect(set.explained.map(({ label }) => set.classNames![label!])).toEqual(['7', '0']);
    const pixels = set.explained[1].pixels();
    expect([...pixels.subarray(0, 6)]).toEqual([784, 784, 784, 785, 785, 785].map((at) => grey[at]));
    expect(pixels).toHaveLength(28 * 28 * 3);
  });

  it('takes batches of CIFAR-10, its names from the file beside them', async () => {
    put('c/data_batch_1.bin', cifar([3, 9]));
    put('c/test_batch.bin', cifar([1]));
    const plain = await imported({ explained: join(folder, 'c') });
    expect(plain.explained.map(({ label }) => plain.classNames![label!])).toEqual([
      'cat',
      'truck',
      'automobile',
    ]);
    expect(told(plain)[2]).toBe('test_batch.bin, number 0 1');
    put('c/batches.meta.txt', 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n');
    expect((await imported({ explained: join(folder, 'c/test_batch.bin') })).classNames![1]).toBe('b');
  });

  it('takes a number of pictures evenly of all classes', async () => {
    expect(evenly([0, 0, 0, 1, 1, 2], 4)).toEqual([0, 1, 3, 5]);
    expect(evenly([5, 5], Infinity)).toEqual([0, 1]);
    const path = put('b.bin', cifar([3, 3, 3, 9]));
    const set = await imported({ explained: path, count: 2 });
    expect(told(set)).toEqual(['b.bin, number 0 3', 'b.bin, number 3 9']);
  });

  it('takes content and style pictures, with or without labelled ones', async () => {
    const content = put('bridge.png', png(9, 40, 30));
    put('styles/b.png', png(2));
    put('styles/a.png', png(1));
    const single = put('waves.jpg', png(3));
    const set = await imported({
      content: [content],
      styles: [join(folder, 'styles'), single],
      licence: 'CC0',
      source: 'painted by us',
    });
    expect(set.content.map(({ name, width }) => [name, width])).toEqual([['bridge.png', 40]]);
    expect(set.styles.map((style) => [style.name, style.pixels()[0]])).toEqual([
      ['a.png', 1],
      ['b.png', 2],
      ['waves.jpg', 3],
    ]);
    expect(set).toMatchObject({ explained: [], licence: 'CC0', source: 'painted by us' });
  });
});

describe('refuses in one sentence', () => {
  const array = (shape: readonly number[], y: readonly number[], type = '|u1') =>
    npz({
      X: npy(shape, new Uint8Array(shape.reduce((a, b) => a * b, type === '|u1' ? 1 : 4)), { type }),
      y: npy([y.length], int64(y), { type: '<i8' }),
    });

  it.each<[string, () => string, string]>([
    ['a folder without labels', () => (put('x/a.png', png(1)), 'x'), 'its pictures have no labels'],
    [
      'an empty folder',
      () => (put('x/.keep', ''), 'x'),
      'it holds no pictures; what is imported is a folder',
    ],
    ['an empty class', () => (put('x/a/a.png', png(1)), put('x/b/b.txt', ''), 'x'), 'x/b holds no pictures'],
    [
      'a picture beside the classes',
      () => (put('x/a/a.png', png(1)), put('x/b.png', png(1)), 'x'),
      'x/b.png lies beside',
    ],
    [
      'folders within a class',
      () => (put('x/a/b/a.png', png(1)), 'x'),
      'x/a/b is a folder within that of a class',
    ],
    ['a damaged picture', () => (put('x/a/a.png', png(1).subarray(0, 60)), 'x'), 'cannot load the picture'],
    [
      'a picture that is none',
      () => (put('x/a/a.png', '<html>'), 'x'),
      'this is an SVG drawing or a web page',
    ],
    [
      'a picture too small',
      () => (put('x/a/a.png', png(1, 40, 16)), 'x'),
      'a/a.png has 40x16 pixels; a side must have 17',
    ],
    [
      'a file that is not there',
      () => (put('x/l.csv', 'gone.png,a'), 'x'),
      'gone.png: there is no such file',
    ],
    [
      'a file outside of the folder',
      () => (put('x/l.csv', '../gone.png,a'), 'x'),
      'does not lie below its folder',
    ],
    ['a file named twice', () => (put('x/l.csv', 'a.png,a\n./a.png,b'), 'x'), 'it names ./a.png twice'],
    ['two tables', () => (put('x/a.csv', ''), put('x/b.csv', ''), 'x'), 'it holds a.csv and b.csv'],
    ['one picture', () => (put('a.png', png(1)), 'a.png'), 'it is one picture without a label'],
    ['a PDF', () => (put('a.pdf', '%PDF-1.4'), 'a.pdf'), 'it is a PDF; what is imported is'],
    [
      'floating-point pixels',
      () => (put('a.npz', array([1, 20, 20, 3], [0], '<i4')), 'a.npz'),
      'and has (1, 20, 20, 3) of int32',
    ],
    [
      'channels first',
      () => (put('a.npz', array([1, 3, 20, 20], [0])), 'a.npz'),
      'must be of uint8 and have shape (N, H, W, 3)',
    ],
    [
      'labels too few',
      () => (put('a.npz', array([2, 20, 20, 3], [0])), 'a.npz'),
      'there are 2 pictures and 1 labels',
    ],
    [
      'a label below 0',
      () => (put('a.npz', array([1, 20, 20, 3], [-1])), 'a.npz'),
      'label -1 cannot be the number of a class',
    ],
    ['no picture at all', () => (put('a.npz', array([0, 20, 20, 3], [])), 'a.npz'), 'it holds no pictures'],
    [
      'digits without labels',
      () => (put('x-images-idx3-ubyte', idx([1, 28, 28], someBytes(784))), 'x-images-idx3-ubyte'),
      'must lie beside it as x-labels-idx1-ubyte',
    ],
    [
      'MNIST’s labels',
      () => (put('x-labels-idx1-ubyte', idx([1], someBytes(1))), 'x-labels-idx1-ubyte'),
      'it must hold pictures, (N, H, W), and has shape (1)',
    ],
    [
      'MNIST’s folder',
      () => (put('x/t-images-idx3-ubyte', ''), 'x'),
      'name the one to import, such as t-images-idx3-ubyte',
    ],
    ['a cut-off batch', () => (put('a.bin', cifar([1]).subarray(0, 99)), 'a.bin'), 'a.bin: it has 99 bytes'],
    [
      'nine names for ten classes',
      () => (put('a.bin', cifar([1])), put('batches.meta.txt', 'a b'), 'a.bin'),
      'has 2 names; CIFAR-10 has 10 classes',
    ],
  ])('%s', async (_, make, message) => {
    const path = join(folder, make());
    const error = await imported({ explained: path }).catch((refusal: unknown) => refusal as Error);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  });

  it.each([
    ['unicorn', 'net has no class "unicorn"'],
    ['crane', '"crane" means the classes 2 and 3 of net; label by number instead'],
    ['5', 'label 5 is none of the 5 classes of net, 0 to 4'],
  ])('the label %s, with its file and row, among names and among numbers', async (label, message) => {
    for (const file of ['a.png', 'b.png']) put(`x/${file}`, png(1));
    for (const other of ['quail', '0']) {
      const table = put('x/l.csv', `file,label\na.png,${other}\nb.png,${label}`);
      const refused = imported({ explained: join(folder, 'x'), network });
      await expect(refused).rejects.toThrow(new Error(`${table}, row 3: ${message}`));
    }
  });

  it('a batch that is cut off, with its name once', async () => {
    const path = put('a.bin', cifar([1]).subarray(0, 99));
    await expect(imported({ explained: path })).rejects.toThrow(/^[^:]*a\.bin: it has 99 bytes/);
  });

  it('an empty folder of styles', async () => {
    put('x/a.txt', '');
    await expect(imported({ styles: [join(folder, 'x')] })).rejects.toThrow('x holds no pictures');
  });
});

describe('the cache', () => {
  const source = () => {
    put('x/a/a.png', png(1));
    return join(folder, 'x');
  };

  it('replaces pictures of a name, and keeps them where an import fails', async () => {
    const first = await imported({ explained: source() });
    put('x/a/b.png', png(2));
    const second = await imported({ explained: join(folder, 'x') });
    expect(greys(second)).toEqual([1, 2]);
    expect(second.sha256).not.toBe(first.sha256);
    put('x/a/c.png', 'not a picture');
    await expect(imported({ explained: join(folder, 'x') })).rejects.toThrow('c.png');
    expect(greys(readPictureSet('mine', cache))).toEqual([1, 2]);
    expect(readdirSync(cache)).toEqual(['mine']);
  });

  it('removes what a killed import left, and nothing of one that still runs', async () => {
    const ended = join(cache, '.old.4194999.part');
    const running = join(cache, `.other.${process.ppid}.part`);
    for (const path of [ended, running]) mkdirSync(path, { recursive: true });
    await imported({ explained: source() });
    expect(existsSync(ended)).toBe(false);
    expect(existsSync(running)).toBe(true);
  });

  it('gets a set back that a killed import had moved aside', async () => {
    await imported({ explained: source() });
    const aside = join(cache, '.mine.4194999.old');
    renameSync(join(cache, 'mine'), aside);
    await imported({ explained: source(), name: 'other' });
    expect(greys(readPictureSet('mine', cache))).toEqual([1]);
    mkdirSync(aside);
    await imported({ explained: source() });
    expect(readdirSync(cache)).toEqual(['mine', 'other']);
  });

  it('keeps a set that cannot be replaced', async () => {
    await imported({ explained: source() });
    const [folder, fresh, aside] = ['mine', '.missing', '.aside'].map((name) => join(cache, name));
    expect(() => replaceFolder({ folder, fresh, aside })).toThrow('ENOENT');
    expect(readdirSync(cache)).toEqual(['mine']);
  });

  it('is left as it was by an import that a signal ends', async () => {
    await imported({ explained: source() });
    const program = join(import.meta.dirname, 'programs/interrupted-import.ts');
    const { exitCode } = await execa(process.execPath, ['--import', 'tsx', program, cache], {
      reject: false,
    });
    expect(exitCode).toBe(128 + 15);
    expect(readdirSync(cache)).toEqual(['mine']);
    expect(greys(readPictureSet('mine', cache))).toEqual([1]);
  });

  it('notices damage', async () => {
    await imported({ explained: source() });
    const path = join(cache, 'mine/pixels.bin');
    const bytes = readFileSync(path);
    bytes[5] ^= 1;
    writeFileSync(path, bytes);
    expect(() => readPictureSet('mine', cache)).toThrow('pixels.bin is damaged; import the pictures again');
    writeFileSync(join(cache, 'mine/set.json'), '{"version":1}');
    expect(() => readPictureSet('mine', cache)).toThrow('set.json: explained: ');
  });

  it('says which there are where one is missing, and removes', async () => {
    await imported({ explained: source() });
    expect(() => readPictureSet('theirs', cache)).toThrow(
      'there are no pictures theirs; there are mine; import them',
    );
    expect(() => readPictureSet('../mine', cache)).toThrow('cannot name pictures');
    removePictureSet('mine', cache);
    expect(readdirSync(cache)).toEqual([]);
    expect(() => removePictureSet('mine', cache)).toThrow('there are no pictures mine; import them');
  });
});
