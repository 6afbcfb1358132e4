import { crc32, deflateSync } from 'node:zlib';

/** One chunk: length, type, content, checksum. */
export function chunk(type: string, content: Uint8Array = new Uint8Array()): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** What an image header says. */
export interface HeaderSpec {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  readonly colourType?: number;
  readonly interlace?: number;
}

export function header({ width, height, depth = 8, colourType = 6, interlace = 0 }: HeaderSpec): Uint8Array {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content.set([depth, colourType, 0, 0, interlace], 8);
  return chunk('IHDR', content);
}

/** A PNG file of these chunks, with signature and end mark. */
export function pngOf(...chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks, chunk('IEND')]));
}

/** A chunk of packed pixel rows, each with its filter byte. */
export const pixels = (rows: Uint8Array | readonly number[]): Uint8Array =>
  chunk('IDAT', deflateSync(Buffer.from(rows)));
