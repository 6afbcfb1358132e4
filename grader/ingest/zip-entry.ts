import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { SubmissionError } from '../format/errors.ts';
import type { ByteSource } from './byte-source.ts';
import type { IngestLimits } from './limits.ts';
import { SMALLEST_BOMB_BYTES } from './limits.ts';
import type { FileContent } from './listing.ts';
import { tooLarge } from './listing.ts';

const STORED = 0;
const DEFLATED = 8;
/** Stands for the method where a file is encrypted with AES. */
const ENCRYPTED = 99;
/** Names of methods by their number in the format (PKWARE's APPNOTE, 4.4.5). */
const OTHER_METHODS: ReadonlyMap<number, string> = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'xz'],
  [98, 'PPMd'],
]);
const inflate = promisify(inflateRaw);

/**
 * Unpacks one entry. The zip's headers promise a size; what counts is how many bytes come out.
 * @throws SubmissionError when the entry is a bomb, or locked with a password
 */
export async function readZipEntry(options: {
  readonly zip: ZipFile;
  readonly source: ByteSource;
  readonly entry: Entry;
  readonly maxBytes: number;
  readonly limits: IngestLimits;
}): Promise<FileContent> {
  const { zip, source, entry, maxBytes, limits } = options;
  if (entry.isEncrypted() || entry.compressionMethod === ENCRYPTED) throw lockedZip();
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    const method = OTHER_METHODS.get(entry.compressionMethod) ?? 'a method that few programs know';
    return {
      ok: false,
      tooLarge: false,
      why: `it is packed with ${method} instead of Deflate; pack with \`npm run collect\` or the file manager`,
    };
  }
  // Deflate never grows data by more than a few bytes per block.
  if (entry.compressedSize > maxBytes * 1.01 + 1024) return tooLarge(maxBytes);
  const packed = await readPacked({ zip, source, entry });
  if (packed === undefined) return DAMAGED;
  if (entry.compressionMethod === STORED) return checked({ bytes: packed, entry, maxBytes });

  const bytes = await unpack({ packed, maxBytes });
  if (bytes === 'damaged') return DAMAGED;
  const unpackedAtLeast = bytes === 'too large' ? maxBytes : bytes.length;
  const ratio = unpackedAtLeast / Math.max(1, packed.length);
  if (unpackedAtLeast >= SMALLEST_BOMB_BYTES && ratio > limits.maxCompressionRatio) throw bomb(limits);
  return bytes === 'too large' ? tooLarge(maxBytes) : checked({ bytes, entry, maxBytes });
}

const DAMAGED: FileContent = { ok: false, tooLarge: false, why: 'it is damaged inside the zip' };

function checked({
  bytes,
  entry,
  maxBytes,
}: {
  bytes: Uint8Array;
  entry: Entry;
  maxBytes: number;
}): FileContent {
  if (bytes.length > maxBytes) return tooLarge(maxBytes);
  if (bytes.length !== entry.uncompressedSize || crc32(bytes) !== entry.crc32) return DAMAGED;
  return { ok: true, bytes };
}

async function readPacked(options: {
  zip: ZipFile;
  source: ByteSource;
  entry: Entry;
}): Promise<Uint8Array | undefined> {
  const { zip, source, entry } = options;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = await source.read(fileDataStart, entry.compressedSize);
    return packed.length === entry.compressedSize ? packed : undefined;
  } catch {
    // A local header that is not there, or data beyond the end of the file.
    return undefined;
  }
}

async function unpack(options: {
  packed: Uint8Array;
  maxBytes: number;
}): Promise<Uint8Array | 'damaged' | 'too large'> {
  try {
    const bytes = await inflate(options.packed, { maxOutputLength: Math.max(1, options.maxBytes) });
    return new Uint8Array(bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'damaged';
  }
}

function bomb({ maxCompressionRatio }: IngestLimits): SubmissionError {
  return new SubmissionError(
    `The zip was refused: a file in it unpacks to more than ${maxCompressionRatio} times its size. ` +
      'Make it again with `npm run collect`.',
  );
}

/** The refusal of a zip that asks for a password. */
export function lockedZip(cause?: unknown): SubmissionError {
  return new SubmissionError('The zip is locked with a password. Make it again without one.', { cause });
}
