import { buildZip } from '../ingest/build-zip.ts';

/** An array as NumPy saves it, byte by byte. */
export function npy(
  shape: readonly number[],
  data: Uint8Array,
  {
    type = '|u1',
    version = 1,
    fortran = 'False',
  }: { type?: string; version?: number; fortran?: string } = {},
): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${type}', 'fortran_order': ${fortran}, 'shape': ${tuple}, }`;
  const before = version === 1 ? 10 : 12;
  const header = `${dictionary.padEnd(64 * Math.ceil((before + dictionary.length + 1) / 64) - before - 1)}\n`;
  const head = Buffer.alloc(before);
  head.write('\x93NUMPY', 'latin1');
  head[6] = version;
  if (version === 1) head.writeUInt16LE(header.length, 8);
  else head.writeUInt32LE(header.length, 8);
  return Buffer.concat([head, Buffer.from(header), data]);
}

/** Whole numbers of 64 bits, as NumPy's default type holds them. */
export const int64 = (values: readonly number[]): Uint8Array =>
  new Uint8Array(BigInt64Array.from(values, BigInt).buffer);

/** An archive of arrays as `np.savez` writes it. */
export function npz(arrays: Readonly<Record<string, Uint8Array>>, { packed = true } = {}): Uint8Array {
  const entries = Object.entries(arrays);
  return buildZip(
    entries.map(([name, content]) => ({
      name: `${name}.npy`,
      content,
      method: packed ? 'deflate' : 'store',
    })),
    { zip64: true },
  );
}

/** Bytes that differ from one place to the next. */
export const someBytes = (length: number, from = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (from + 37 * i + (i >> 8)) & 255);

/** A file of the format of MNIST. */
export function idx(shape: readonly number[], data: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head[2] = 8;
  head[3] = shape.length;
  for (const [i, length] of shape.entries()) head.writeUInt32BE(length, 4 + 4 * i);
  return Buffer.concat([head, data]);
}

/** A batch of CIFAR-10 with a picture for each label; channel c of it has value `40 * c + label` everywhere. */
export function cifar(labels: readonly number[]): Buffer {
  const planes = (label: number) => [0, 1, 2].map((channel) => Buffer.alloc(1024, 40 * channel + label));
  return Buffer.concat(labels.flatMap((label) => [Buffer.of(label), ...planes(label)]));
}
