import { GraderError } from './errors.ts';
import { sizeOf, type DType, type TensorData } from './tensor-data.ts';
import { MiB } from './units.ts';

/**
 * The safetensors format: an 8-byte little-endian header length, a JSON header, then raw little-endian data.
 * https://huggingface.co/docs/safetensors. Reading runs no code, and every offset is checked against the data.
 */

const FORMAT_OF: Record<DType, string> = { float32: 'F32', int32: 'I32', bool: 'BOOL' };
const BYTES_OF: Record<string, number> = { F16: 2, F32: 4, I32: 4, BOOL: 1 };
/** The longest header that is looked at. */
export const MAX_HEADER_BYTES = 4 * MiB;
const MAX_RANK = 8;

/** Tensors by name to bytes; names are sorted, so that equal tensors give equal bytes. */
export function encodeSafetensors(tensors: Readonly<Record<string, TensorData>>): Uint8Array {
  const names = Object.keys(tensors).sort();
  // Wide elements first: every tensor's data then starts at a multiple of its element size.
  names.sort((a, b) => width(tensors[b]) - width(tensors[a]));
  const header: Record<string, { dtype: string; shape: readonly number[]; data_offsets: [number, number] }> =
    {};
  let end = 0;
  for (const name of names) {
    const { dtype, shape, data } = tensors[name];
    if (data.length !== sizeOf(shape)) {
      throw new GraderError(`tensor ${name} has ${data.length} values for shape [${shape.join(',')}]`);
    }
    header[name] = { dtype: FORMAT_OF[dtype], shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const unpadded = JSON.stringify(header);
  const text = new TextEncoder().encode(unpadded.padEnd(Math.ceil(unpadded.length / 8) * 8, ' '));
  const bytes = new Uint8Array(8 + text.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  for (const name of names) {
    const { data } = tensors[name];
    bytes.set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      8 + text.length + header[name].data_offsets[0],
    );
  }
  return bytes;
}

function width(tensor: TensorData): number {
  return tensor.data.BYTES_PER_ELEMENT;
}

/** How long the header says it is. @throws GraderError when the bytes end before */
function headerLengthOf(bytes: Uint8Array): number {
  if (bytes.byteLength < 8) throw new GraderError('safetensors: shorter than its length field');
  return Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true));
}

const ENTRY = Buffer.from('"data_offsets"');

/** How many tensors a file seems to hold, found without parsing its header: as many as tell where their data lies. */
export function countTensors(bytes: Uint8Array): number {
  if (bytes.byteLength < 8) return 0;
  const end = Math.min(8 + headerLengthOf(bytes), bytes.byteLength);
  const header = Buffer.from(bytes.buffer, bytes.byteOffset + 8, Math.max(0, end - 8));
  let count = 0;
  for (let at = header.indexOf(ENTRY); at >= 0; at = header.indexOf(ENTRY, at + ENTRY.length)) count++;
  return count;
}

/**
 * Bytes to tensors by name; half-precision data is widened to float32. The tensors own their memory.
 * @param options.maxHeaderBytes a longer header is not parsed; default 4 MiB
 * @param options.widen false: half-precision data is refused
 * @throws GraderError when the bytes are not a well-formed file.
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  options: { readonly maxHeaderBytes?: number; readonly widen?: boolean } = {},
): Record<string, TensorData> {
  const { maxHeaderBytes = MAX_HEADER_BYTES, widen = true } = options;
  const headerLength = headerLengthOf(bytes);
  if (headerLength > maxHeaderBytes || 8 + headerLength > bytes.byteLength) {
    throw new GraderError('safetensors: the header is longer than the data or the limit');
  }
  const header: unknown = parseJson(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
  if (typeof header !== 'object' || header === null) throw new GraderError('safetensors: no header object');
  const tensors: Record<string, TensorData> = Object.create(null) as Record<string, TensorData>;
  // Tensors that share bytes could claim many times the memory of the file.
  let unclaimed = bytes.byteLength - 8 - headerLength;
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [from, to] = rangeOf(name, entry);
    if (!widen && isHalf(entry)) throw new GraderError(`safetensors: ${name} is of half precision`);
    unclaimed -= to - from;
    if (unclaimed < 0) throw new GraderError('safetensors: the tensors are larger than the data');
    tensors[name] = decodeEntry(name, entry, bytes, 8 + headerLength);
  }
  return tensors;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GraderError('safetensors: the header is not JSON', { cause });
  }
}

const isCount = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;

const isHalf = (entry: unknown): boolean => (entry as { dtype?: unknown }).dtype === 'F16';

/** Where a tensor's bytes begin and end in the data. */
function rangeOf(name: string, entry: unknown): [number, number] {
  const { data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount) || offsets[1] < offsets[0]) {
    throw new GraderError(`safetensors: ${name} has no data offsets`);
  }
  return offsets as [number, number];
}

function decodeEntry(name: string, entry: unknown, bytes: Uint8Array, start: number): TensorData {
  const { dtype, shape } = (entry ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string' || !Object.hasOwn(BYTES_OF, dtype)) {
    throw new GraderError(`safetensors: ${name} has a type this reader does not know`);
  }
  if (!Array.isArray(shape) || shape.length > MAX_RANK || !shape.every(isCount)) {
    throw new GraderError(`safetensors: ${name} has no shape of at most ${MAX_RANK} dimensions`);
  }
  const [from, to] = rangeOf(name, entry);
  if (to - from !== sizeOf(shape) * BYTES_OF[dtype] || start + to > bytes.byteLength) {
    throw new GraderError(`safetensors: ${name}’s data does not fit its shape or the file`);
  }
  // A copy of these bytes alone; Buffer's own slice would be a view of its pool.
  const buffer = Uint8Array.prototype.slice.call(bytes, start + from, start + to).buffer as ArrayBuffer;
  switch (dtype) {
    case 'F16':
      return { dtype: 'float32', shape, data: Float32Array.from(new Uint16Array(buffer), halfToFloat) };
    case 'F32':
      return { dtype: 'float32', shape, data: new Float32Array(buffer) };
    case 'I32':
      return { dtype: 'int32', shape, data: new Int32Array(buffer) };
    default:
      return { dtype: 'bool', shape, data: new Uint8Array(buffer) };
  }
}

/** IEEE 754 binary16 to a number. */
function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
