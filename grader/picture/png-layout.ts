import { SubmissionError } from '../format/errors.ts';
import { kindOfFile } from '../ingest/file-kinds.ts';

/** What a PNG's header says, and where its parts lie. Nothing is unpacked for it. */
export interface PngLayout {
  readonly width: number;
  readonly height: number;
  /** Bytes that the pixels must unpack to, filter bytes included. */
  readonly unpackedBytes: number;
  /** The packed pixels. */
  readonly packed: readonly Uint8Array[];
  /** Length of the file up to its end mark. */
  readonly length: number;
}

const SIGNATURE = '89504e470d0a1a0a';
/** Samples per pixel and depths that the format knows, by colour type (PNG specification, table 11.1). */
const COLOUR_TYPES: Readonly<
  Record<number, { readonly samples: number; readonly depths: readonly number[] }>
> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
/** Adam7: first column and row of each pass, and its steps. */
const INTERLACED_PASSES: readonly (readonly [x: number, y: number, dx: number, dy: number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];
/** Chunks that may come once only, and how long they may be: decoders trust the last one they see. */
const ONCE: ReadonlyMap<string, number> = new Map([
  ['IHDR', 13],
  ['PLTE', 3 * 256],
  ['tRNS', 256],
]);

/**
 * Walks through the chunks of a PNG.
 * @throws SubmissionError when it is no PNG, is cut off, or contradicts itself
 */
export function readPngLayout(bytes: Uint8Array): PngLayout {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.toString('hex', 0, 8) !== SIGNATURE) {
    const kind = kindOfFile(bytes);
    const what = kind === undefined ? '' : `: it is ${kind} under the name of one`;
    throw new SubmissionError(`The picture is not a PNG file${what}. Save it as PNG.`);
  }
  const seen = new Set<string>();
  const packed: Uint8Array[] = [];
  let header: Buffer | undefined;
  for (let at = 8; ;) {
    if (at + 12 > file.length) throw damaged('it is cut off');
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > file.length) throw damaged('it is cut off');
    const longest = ONCE.get(type);
    if (longest !== undefined && (seen.has(type) || length > longest))
      throw damaged('its header is malformed');
    seen.add(type);
    const content = file.subarray(at + 8, at + 8 + length);
    if (header === undefined) {
      if (type !== 'IHDR' || length !== 13) throw damaged('its header is missing');
      header = content;
    }
    if (type === 'IDAT') packed.push(content);
    if (type === 'IEND') return { ...readHeader(header), packed, length: end };
    at = end;
  }
}

function readHeader(header: Buffer): Pick<PngLayout, 'width' | 'height' | 'unpackedBytes'> {
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const [depth, colourType, compression, filter, interlace] = header.subarray(8);
  const format = COLOUR_TYPES[colourType];
  if (width === 0 || height === 0) throw damaged('it has no pixels');
  if (!format?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) {
    throw damaged('its header is malformed');
  }
  const rowBytes = (pixels: number): number => 1 + Math.ceil((pixels * format.samples * depth) / 8);
  const passes = interlace === 1 ? INTERLACED_PASSES : [[0, 0, 1, 1] as const];
  let unpackedBytes = 0;
  for (const [x, y, dx, dy] of passes) {
    const columns = Math.ceil((width - x) / dx);
    const rows = Math.ceil((height - y) / dy);
    if (columns > 0 && rows > 0) unpackedBytes += rows * rowBytes(columns);
  }
  return { width, height, unpackedBytes };
}

function damaged(why: string): SubmissionError {
  return new SubmissionError(`The picture is a damaged PNG file: ${why}. Save it again.`);
}
