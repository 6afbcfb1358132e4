import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip, honest unless told otherwise. */
export interface ZipEntrySpec {
  /** As it stands in the archive, whatever it says. */
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** Unix mode with its type bits, 0o100644 by default. */
  readonly mode?: number;
  /** Packed with deflate by default. */
  readonly method?: keyof typeof METHODS;
  /** General purpose bits; 0x800, a name in UTF-8, by default. */
  readonly flags?: number;
  /** What the headers claim, instead of the truth. */
  readonly claim?: { readonly size?: number; readonly crc?: number };
  /** Bytes in place of the packed content. */
  readonly packed?: Uint8Array;
  /** Where the central directory says the entry starts, instead of where it does. */
  readonly offset?: number;
  /** Where the sizes and the checksum stand: in the local header, or behind the content as when a stream is packed. */
  readonly sizes?: 'before' | 'behind';
  /** Extra fields of the central directory. */
  readonly extra?: Uint8Array;
}

const METHODS = {
  store: 0,
  deflate: 8,
  deflate64: 9,
  bzip2: 12,
  lzma: 14,
  zstandard: 93,
  xz: 95,
  unknown: 77,
  aes: 99,
} as const;

/** Writes a zip by hand, byte by byte, because no library writes the malformed ones that tests need. */
export function buildZip(
  specs: readonly ZipEntrySpec[],
  { zip64 = false }: { readonly zip64?: boolean } = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const spec of specs) {
    const { local, central } = encodeEntry({ spec, start: offset, zip64 });
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = endMark({ entries: specs.length, bytes: central.length, offset, zip64 });
  return new Uint8Array(Buffer.concat([...parts, central, ...end]));
}

function endMark(directory: {
  readonly entries: number;
  readonly bytes: number;
  readonly offset: number;
  readonly zip64: boolean;
}): Uint8Array[] {
  const { entries, bytes, offset, zip64 } = directory;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : entries, 8);
  end.writeUInt16LE(zip64 ? 0xffff : entries, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : bytes, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  if (!zip64) return [end];
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(bytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator, end];
}

function encodeEntry(options: {
  readonly spec: ZipEntrySpec;
  readonly start: number;
  readonly zip64: boolean;
}): { local: Uint8Array; central: Uint8Array } {
  const { spec, start, zip64 } = options;
  const name = Buffer.from(spec.name);
  const content = Buffer.from(spec.content ?? '');
  const method = spec.method ?? 'deflate';
  const packed = spec.packed ?? (method === 'deflate' ? deflateRawSync(content) : content);
  const sums = Buffer.alloc(12);
  sums.writeUInt32LE(spec.claim?.crc ?? crc32(content), 0);
  sums.writeUInt32LE(packed.length, 4);
  sums.writeUInt32LE(spec.claim?.size ?? content.length, 8);
  const head = Buffer.alloc(10);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE((spec.flags ?? 0x800) | (spec.sizes === 'behind' ? 8 : 0), 2);
  head.writeUInt16LE(METHODS[method], 4);
  head.writeUInt16LE(0x21, 8);
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16LE(name.length, 0);
  const [before, behind] =
    spec.sizes === 'behind' ? [Buffer.alloc(12), Buffer.concat([DESCRIPTOR, sums])] : [sums, Buffer.alloc(0)];
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, before, lengths, name, packed, behind]);

  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((spec.mode ?? 0o100644) << 16) >>> 0, 6);
  tail.writeUInt32LE(zip64 ? 0xffffffff : (spec.offset ?? start), 10);
  const extra = zip64 ? sizesOf64({ content, packed, start }) : Buffer.from(spec.extra ?? []);
  const centralSums = zip64 ? Buffer.concat([sums.subarray(0, 4), Buffer.alloc(8, 0xff)]) : sums;
  lengths.writeUInt16LE(extra.length, 2);
  const madeByUnix = Buffer.from([20, 3]);
  const central = Buffer.concat([
    Buffer.from('504b0102', 'hex'),
    madeByUnix,
    head,
    centralSums,
    lengths,
    tail,
    name,
    extra,
  ]);
  return { local, central };
}

const DESCRIPTOR = Buffer.from('504b0708', 'hex');

/** The extra field in which a zip64 keeps sizes and place of an entry. */
function sizesOf64(entry: { content: Uint8Array; packed: Uint8Array; start: number }): Buffer {
  const field = Buffer.alloc(28);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(24, 2);
  field.writeBigUInt64LE(BigInt(entry.content.length), 4);
  field.writeBigUInt64LE(BigInt(entry.packed.length), 12);
  field.writeBigUInt64LE(BigInt(entry.start), 20);
  return field;
}
