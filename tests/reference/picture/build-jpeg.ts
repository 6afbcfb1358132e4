/** A marker with its content, as in all of a JPEG but the pixels. */
function segment(marker: number, content: readonly number[] | Uint8Array): Uint8Array {
  const length = content.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...content]);
}

const SOI = Buffer.from('ffd8', 'hex');
const EOI = Buffer.from('ffd9', 'hex');
const SOF = { baseline: 0xc0, progressive: 0xc2 } as const;
/** One code, the bit 0, for the value 0: no difference to the block before, and no more in this block. */
const ONE_CODE = [1, ...Array<number>(15).fill(0), 0];

/**
 * A grey photograph of any size in little space: all pixels are 128. Its colours are stored at half the resolution,
 * as cameras do it, and a reader needs the memory of any other of this size.
 */
export function greyJpeg(options: {
  readonly width: number;
  readonly height: number;
  readonly kind?: keyof typeof SOF;
}): Uint8Array {
  const { width, height, kind = 'baseline' } = options;
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  const frame = [8, ...size, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0];
  // Baseline: all 64 values of a block at once. Progressive: this pass brings only the mean of each.
  const last = kind === 'baseline' ? 63 : 0;
  const scan = [3, 1, 0, 2, 0, 3, 0, 0, last, 0];
  const bitsOfBlock = kind === 'baseline' ? 2 : 1;
  const blocks = 6 * Math.ceil(width / 16) * Math.ceil(height / 16);
  return Buffer.concat([
    SOI,
    segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    segment(SOF[kind], frame),
    segment(0xc4, [0x00, ...ONE_CODE]),
    segment(0xc4, [0x10, ...ONE_CODE]),
    segment(0xda, scan),
    Buffer.alloc(Math.ceil((blocks * bitsOfBlock) / 8)),
    EOI,
  ]);
}

/** The JPEG with an EXIF segment that says how the camera was held, 1 to 8. */
export function withOrientation(options: {
  readonly jpeg: Uint8Array;
  readonly orientation: number;
  readonly bytes?: 'little-endian' | 'big-endian';
}): Uint8Array {
  const { jpeg, orientation, bytes = 'big-endian' } = options;
  const tiff = Buffer.alloc(26);
  const write16 = (value: number, at: number): number =>
    bytes === 'big-endian' ? tiff.writeUInt16BE(value, at) : tiff.writeUInt16LE(value, at);
  const write32 = (value: number, at: number): number =>
    bytes === 'big-endian' ? tiff.writeUInt32BE(value, at) : tiff.writeUInt32LE(value, at);
  tiff.write(bytes === 'big-endian' ? 'MM' : 'II', 'latin1');
  write16(42, 2);
  write32(8, 4);
  write16(1, 8);
  // Tag, type (short), count, value.
  write16(0x0112, 10);
  write16(3, 12);
  write32(1, 14);
  write16(orientation, 18);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  return Buffer.concat([SOI, segment(0xe1, exif), jpeg.subarray(2)]);
}
