import { gunzipSync } from 'node:zlib';

/** Bytes in some dimensions, the last one running fastest. */
export interface ByteArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 8;

/** Whether a file looks like {@link parseIdx}'s, or like one that was packed by gzip. */
export function looksLikeIdx(start: Uint8Array): boolean {
  return isGzip(start) || (start[0] === 0 && start[1] === 0 && start[2] === UNSIGNED_BYTE);
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Reads a file of the format that MNIST came in (LeCun, Cortes and Burges): two zero bytes, a type, the number of
 * dimensions, big-endian lengths, values; packed by gzip or not.
 *
 * @param limit the most bytes that are unpacked
 * @throws Error: one sentence, where it is something else, holds anything but bytes, or is damaged
 */
export function parseIdx(bytes: Uint8Array, limit: number): ByteArray {
  const plain = isGzip(bytes) ? unpack(bytes, limit) : bytes;
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  if (plain.length < 8 || view.getUint16(0) !== 0) throw new Error('it is not an IDX file');
  const [type, dimensions] = plain.subarray(2, 4);
  if (type !== UNSIGNED_BYTE) throw new Error('it holds values of another type than unsigned bytes');
  if (dimensions < 1 || dimensions > 4) throw new Error(`it has ${dimensions} dimensions`);
  const start = 4 + 4 * dimensions;
  if (plain.length < start) throw new Error('it is cut off within its header');
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, length) => product * length, 1);
  if (plain.length - start !== size) {
    const what = plain.length - start < size ? 'is cut off' : 'is longer than its header says';
    throw new Error(`it ${what}: ${shape.join('x')} values, and there are ${plain.length - start}`);
  }
  return { shape, data: plain.subarray(start) };
}

function unpack(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (cause) {
    const isLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Error(isLarge ? `it unpacks to more than ${limit} bytes` : 'it is packed by gzip and damaged', {
      cause,
    });
  }
}
