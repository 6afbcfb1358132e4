import { MiB } from '../format/units.ts';
import type { ByteSource } from './byte-source.ts';

/** Where a zip lies in a file: from its first entry up to its end mark, in bytes. */
export interface ZipPlace {
  readonly start: number;
  readonly end: number;
}

/** As much of the end of a file is searched for the zip's end mark. */
const SEARCHED_BYTES = MiB;
/** End marks that are looked at; a file made of nothing else would keep us busy. */
const MAX_CANDIDATES = 64;
const END_MARK = Buffer.from('504b0506', 'hex');
const END_BYTES = 22;
const DIRECTORY_MARK = Buffer.from('504b0102', 'hex');
/** Stands for a number that a zip64 keeps elsewhere. */
const ELSEWHERE = 0xffffffff;

/**
 * Finds the last zip in a file, whatever stands before it and after it: a program that unpacks itself, the rest of a
 * web page, zeros. Undefined where there is no end mark, as in a zip that was cut off.
 */
export async function findZip(source: ByteSource): Promise<ZipPlace | undefined> {
  const from = Math.max(0, source.size - SEARCHED_BYTES);
  const tail = Buffer.from(await source.read(from, SEARCHED_BYTES));
  let at = tail.length - END_BYTES;
  for (let tries = 0; tries < MAX_CANDIDATES && at >= 0; tries++, at--) {
    at = tail.lastIndexOf(END_MARK, at);
    if (at < 0) return undefined;
    const end = from + at + END_BYTES + tail.readUInt16LE(at + 20);
    const start =
      end > source.size ? undefined : await startOf({ source, mark: tail.subarray(at), at: from + at });
    if (start !== undefined) return { start, end };
  }
  return undefined;
}

/** Where the zip of an end mark at `at` starts: all its offsets count from there. */
async function startOf(options: {
  source: ByteSource;
  mark: Buffer;
  at: number;
}): Promise<number | undefined> {
  const { source, mark, at } = options;
  const entries = mark.readUInt16LE(10);
  const directoryBytes = mark.readUInt32LE(12);
  const directoryAt = mark.readUInt32LE(16);
  if (directoryBytes === ELSEWHERE || directoryAt === ELSEWHERE || entries === 0) return 0;
  if (await isDirectory(source, directoryAt)) return 0;
  const start = at - directoryBytes - directoryAt;
  return start > 0 && (await isDirectory(source, start + directoryAt)) ? start : undefined;
}

async function isDirectory(source: ByteSource, at: number): Promise<boolean> {
  return DIRECTORY_MARK.equals(await source.read(at, DIRECTORY_MARK.length));
}
