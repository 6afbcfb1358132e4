import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CIFAR_SIDE, cifarClassNames, parseCifar10 } from '../formats/cifar.ts';
import { parseIdx } from '../formats/idx.ts';
import { readNpz } from '../formats/npz.ts';
import { MAX_FILE_BYTES, MAX_PIXEL_BYTES } from '../limits.ts';
import type { LabelledSource, SourceEntry } from './source.ts';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

/** @throws Error where the file is larger than what is read as a whole */
function readWhole(path: string): Uint8Array {
  const { size } = statSync(path);
  if (size > MAX_FILE_BYTES) {
    throw new Error(
      `it has ${Math.ceil(size / 2 ** 20)} MB; files of up to ${MAX_FILE_BYTES / 2 ** 20} MB are read`,
    );
  }
  return readFileSync(path);
}

/** The pictures `[N, H, W, 3]` of a batch of bytes. */
function batchEntries(
  data: Uint8Array,
  [count, height, width]: readonly number[],
  name: string,
): SourceEntry[] {
  const length = height * width * 3;
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}, number ${index}`,
    read: () => ({ width, height, pixels: data.subarray(index * length, (index + 1) * length) }),
  }));
}

const inWords = (shape: readonly number[]): string => `(${shape.join(', ')})`;

function assertAsMany({ pictures, labels }: { pictures: number; labels: number }): void {
  if (pictures !== labels) throw new Error(`there are ${pictures} pictures and ${labels} labels`);
}

/**
 * A NumPy archive with `X`, `(N, H, W, 3)` of uint8, and `y`, `(N)`, which are indices of classes.
 *
 * @throws Error: one sentence without the file's name
 */
export async function npzSource(path: string): Promise<LabelledSource> {
  const { X, y } = await readNpz(readWhole(path), ['X', 'y'], MAX_PIXEL_BYTES);
  if (!(X.data instanceof Uint8Array) || X.shape.length !== 4 || X.shape[3] !== 3) {
    throw new Error(
      `the array X must be of uint8 and have shape (N, H, W, 3), and has ${inWords(X.shape)} of ${X.data.constructor.name.replace('Array', '').toLowerCase()}`,
    );
  }
  if (y.shape.length !== 1) throw new Error(`the array y must have shape (N,), and has ${inWords(y.shape)}`);
  assertAsMany({ pictures: X.shape[0], labels: y.shape[0] });
  const labels = Array.from<number | bigint, number>(y.data, Number);
  return {
    pictures: batchEntries(X.data, X.shape, basename(path)),
    labels: { kind: 'indices', labels },
    ignored: [],
  };
}

/** Red, green and blue of pixels of which the brightness is known. */
function inGrey(brightness: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(3 * brightness.length);
  for (let i = 0; i < brightness.length; i++) pixels.fill(brightness[i], 3 * i, 3 * i + 3);
  return pixels;
}

/** Where the labels of a file of MNIST's pictures lie: `train-labels-idx1-ubyte` beside `train-images-idx3-ubyte`. */
function labelsBeside(path: string): string {
  const name = basename(path).replace('images', 'labels').replace('idx3', 'idx1');
  const plain = name.replace(/\.gz$/, '');
  const found = [name, plain, `${plain}.gz`].find((one) => existsSync(join(dirname(path), one)));
  if (found === undefined || found === basename(path)) {
    throw new Error(`its labels must lie beside it as ${name}, as those of MNIST do`);
  }
  return join(dirname(path), found);
}

/**
 * Pictures in grey of a file as MNIST's, `(N, H, W)`, with labels in a file beside it.
 *
 * @throws Error: one sentence without the file's name
 */
export function idxSource(path: string): LabelledSource {
  const images = parseIdx(readWhole(path), Math.floor(MAX_PIXEL_BYTES / 3));
  if (images.shape.length !== 3) {
    throw new Error(`it must hold pictures, (N, H, W), and has shape ${inWords(images.shape)}`);
  }
  const besides = labelsBeside(path);
  const labels = onFile(basename(besides), () => parseIdx(readWhole(besides), MAX_PIXEL_BYTES));
  if (labels.shape.length !== 1) {
    throw new Error(`${basename(besides)} must hold labels, (N), and has shape ${inWords(labels.shape)}`);
  }
  const [count, height, width] = images.shape;
  assertAsMany({ pictures: count, labels: labels.shape[0] });
  const large = labels.data.find((label) => label > 9);
  if (large !== undefined) throw new Error(`${basename(besides)} has label ${large}; digits are 0 to 9`);
  const length = height * width;
  const pictures = Array.from({ length: count }, (_, index): SourceEntry => {
    const grey = images.data.subarray(index * length, (index + 1) * length);
    return {
      name: `${basename(path)}, number ${index}`,
      read: () => ({
        width,
        height,
        pixels: inGrey(grey),
      }),
    };
  });
  const names = Array.from(labels.data, (label) => digits[label]);
  return { pictures, labels: { kind: 'names', labels: names, classNames: digits }, ignored: [] };
}

function onFile<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}

/** Names of CIFAR-10's classes from the file that comes with it. */
function cifarNames(folder: string): readonly string[] {
  const path = join(folder, 'batches.meta.txt');
  if (!existsSync(path)) return cifarClassNames;
  const names = readFileSync(path, 'utf8').trim().split(/\s+/);
  if (names.length === cifarClassNames.length) return names;
  throw new Error(`${path} has ${names.length} names; CIFAR-10 has ${cifarClassNames.length} classes`);
}

/**
 * Batches of CIFAR-10's binary version, one after the other.
 *
 * @throws Error: one sentence that names the file
 */
export function cifarSource(paths: readonly string[]): LabelledSource {
  const classNames = cifarNames(dirname(paths[0]));
  const records = paths.flatMap((path) => {
    const batch = onFile(path, () => parseCifar10(readWhole(path)));
    return batch.map((record, index) => ({ ...record, name: `${basename(path)}, number ${index}` }));
  });
  return {
    pictures: records.map(({ name, pixels }) => ({
      name,
      read: () => ({ width: CIFAR_SIDE, height: CIFAR_SIDE, pixels: pixels() }),
    })),
    labels: { kind: 'names', labels: records.map(({ label }) => classNames[label]), classNames },
    ignored: [],
  };
}
