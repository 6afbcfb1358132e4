import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip, honest unless told otherwise. */
export interface ZipEntrySpec {
  /** As it stands in the archive, whatever it says. */
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** Unix mode with its type bits, 0o100644 by default. */
  readonly mode?: number;
  /** Packed with deflate by default. */
  readonly method?: 'store' | 'deflate' | 'lzma';
  /** General purpose bits; 0x800, a name in UTF-8, by default. */
  readonly flags?: number;
  /** What the headers claim, instead of the truth. */
  readonly claim?: { readonly size?: number; readonly crc?: number };
  /** Bytes in place of the packed content. */
  readonly packed?: Uint8Array;
  /** Where the central directory says the entry starts, instead of where it does. */
  readonly offset?: number;
}

const METHODS = { store: 0, deflate: 8, lzma: 14 } as const;

/** Writes a zip by hand, byte by byte, because no library writes the malformed ones that tests need. */
export function buildZip(specs: readonly ZipEntrySpec[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const spec of specs) {
    const { local, central } = encodeEntry(spec, offset);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(specs.length, 8);
  end.writeUInt16LE(specs.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, central, end]));
}

function encodeEntry(spec: ZipEntrySpec, start: number): { local: Uint8Array; central: Uint8Array } {
  const name = Buffer.from(spec.name);
  const content = Buffer.from(spec.content ?? '');
  const method = spec.method ?? 'deflate';
  const packed = spec.packed ?? (method === 'deflate' ? deflateRawSync(content) : content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(spec.flags ?? 0x800, 2);
  common.writeUInt16LE(METHODS[method], 4);
  common.writeUInt16LE(0, 6);
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(spec.claim?.crc ?? crc32(content), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(spec.claim?.size ?? content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, name, packed]);

  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((spec.mode ?? 0o100644) << 16) >>> 0, 6);
  tail.writeUInt32LE(spec.offset ?? start, 10);
  const madeByUnix = Buffer.from([20, 3]);
  const central = Buffer.concat([Buffer.from('504b0102', 'hex'), madeByUnix, common, tail, name]);
  return { local, central };
}
