import { halfToNumber, numberToHalf } from './half-float.ts';

/** A named tensor of a safetensors file, its values as float32 however they were stored. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A safetensors file: its tensors and the free-form texts that go with them. */
export interface StoredTensors {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const bytesPerValue = { F32: 4, F16: 2 } as const;
type Precision = keyof typeof bytesPerValue;

interface HeaderEntry {
  readonly dtype: Precision;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Reads a safetensors file (a little-endian 64-bit length, a JSON header of that length, raw little-endian
 * values) whose tensors are all F32 or F16.
 *
 * @throws Error saying what is wrong when the bytes are not such a file.
 */
export function readSafetensors(bytes: Uint8Array): StoredTensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.byteLength < 8 ? NaN : Number(view.getBigUint64(0, true));
  if (!(8 + headerLength <= bytes.byteLength))
    throw new Error('not a safetensors file, or one that was cut off');
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, 8 + headerLength));

  const tensors: Record<string, StoredTensor> = {};
  for (const [name, entry] of Object.entries(entries as Record<string, HeaderEntry>)) {
    const { dtype, shape, data_offsets: offsets } = entry;
    if (!(dtype in bytesPerValue))
      throw new Error(`tensor ${name} is stored as ${dtype}; only F32 and F16 are read`);
    const size = shape.reduce((product, side) => product * side, 1);
    const start = 8 + headerLength + offsets[0];
    const end = 8 + headerLength + offsets[1];
    if (end > bytes.byteLength) throw new Error(`cut off: the file ends before tensor ${name} does`);
    if (end - start !== size * bytesPerValue[dtype]) {
      throw new Error(`tensor ${name} [${shape}] does not fit its bytes ${offsets[0]} to ${offsets[1]}`);
    }
    const data = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      data[i] =
        dtype === 'F32'
          ? view.getFloat32(start + 4 * i, true)
          : halfToNumber(view.getUint16(start + 2 * i, true));
    }
    tensors[name] = { shape, data };
  }
  return { tensors, metadata: metadata as Record<string, string> };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Record<string, unknown>;
  } catch (cause) {
    throw new Error('not a safetensors file: its header is no JSON', { cause });
  }
}

/**
 * Writes tensors, sorted by name, all as F32 or all rounded to F16. The same tensors give the same bytes.
 */
export function writeSafetensors(
  { tensors, metadata }: StoredTensors,
  { precision }: { precision: Precision },
): Uint8Array {
  const names = Object.keys(tensors).sort();
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const name of names) {
    const end = length + tensors[name].data.length * bytesPerValue[precision];
    header[name] = { dtype: precision, shape: tensors[name].shape, data_offsets: [length, end] };
    length = end;
  }
  // Spaces to a multiple of 8, so that readers may map the values in place.
  const text = JSON.stringify(header);
  const unpadded = new TextEncoder().encode(text).length;
  const head = new TextEncoder().encode(text + ' '.repeat((8 - (unpadded % 8)) % 8));

  const bytes = new Uint8Array(8 + head.length + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let offset = 8 + head.length;
  for (const name of names) {
    for (const value of tensors[name].data) {
      if (precision === 'F32') view.setFloat32(offset, value, true);
      else view.setUint16(offset, numberToHalf(value), true);
      offset += bytesPerValue[precision];
    }
  }
  return bytes;
}
