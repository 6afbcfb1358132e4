import type { Entry, ZipFile } from 'yauzl';
import { fromRandomAccessReaderPromise, getFileNameLowLevel } from 'yauzl';
import { SubmissionError } from '../format/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { fileSource, partOf } from './byte-source.ts';
import { KIND_BYTES, kindOfFile } from './file-kinds.ts';
import { findZip } from './find-zip.ts';
import type { IngestLimits } from './limits.ts';
import { sizeText } from './limits.ts';
import type { ListedEntry, Listing } from './listing.ts';
import { SourceReader } from './source-reader.ts';
import { lockedZip, readZipEntry } from './zip-entry.ts';

const MODE_TYPE = 0o170000;
const MODE_FOLDER = 0o040000;
const MODE_REGULAR = 0o100000;
const MODE_LINK = 0o120000;

/** Lists the files of a zip on the disk, as {@link listZip} does. */
export async function listZipFile({
  path,
  limits,
}: {
  path: string;
  limits: IngestLimits;
}): Promise<Listing> {
  return listZip({ source: await fileSource(path), named: 'The uploaded file', limits });
}

/**
 * Lists the files of a zip from its central directory. Nothing is unpacked yet. The source is closed with the
 * listing.
 *
 * @param options.named what the zip is called, at the start of a sentence
 * @throws SubmissionError when it is no zip, damaged, locked with a password or too large
 */
export async function listZip(options: {
  source: ByteSource;
  named: string;
  limits: IngestLimits;
}): Promise<Listing> {
  const { source: file, limits } = options;
  try {
    const { source, notes } = await locateZip(options);
    // Sizes are checked where the file is read: the library would give up the whole archive for one wrong header.
    const settings = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
    const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, settings).catch(
      unreadable,
    );
    return { entries: await listEntries({ zip, source, limits }), notes, close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The zip in a file, and what is to be said about bytes around it. */
async function locateZip(options: {
  source: ByteSource;
  named: string;
  limits: IngestLimits;
}): Promise<{ source: ByteSource; notes: readonly string[] }> {
  const { source, named, limits } = options;
  if (source.size === 0) throw new SubmissionError(`${named} is empty (0 bytes).`);
  if (source.size > limits.maxArchiveBytes) {
    throw new SubmissionError(
      `${named} is larger than ${sizeText(limits.maxArchiveBytes)}; submit only your files.`,
    );
  }
  const head = await source.read(0, KIND_BYTES);
  const isZip = /^PK(?:\x03\x04|\x05\x06|\x07\x08)/.test(Buffer.from(head.subarray(0, 4)).toString('latin1'));
  const kind = isZip ? undefined : kindOfFile(head);
  const place = kind === undefined ? await findZip(source) : undefined;
  if (place === undefined) {
    if (isZip) unreadable();
    const what = kind ? `It is ${kind}.` : 'It may have been renamed, or the upload went wrong.';
    throw new SubmissionError(`${named} is not a zip. ${what} Make one with \`npm run collect\`.`);
  }
  const around = [
    ...(place.start > 0 ? [`${sizeText(place.start)} before its start`] : []),
    ...(place.end < source.size ? [`${sizeText(source.size - place.end)} after its end`] : []),
  ];
  const notes = around.length === 0 ? [] : [`The zip was read without the ${around.join(' and the ')}`];
  return { source: partOf(source, place), notes };
}

async function listEntries(options: {
  zip: ZipFile;
  source: ByteSource;
  limits: IngestLimits;
}): Promise<ListedEntry[]> {
  const { zip, source, limits } = options;
  const entries: ListedEntry[] = [];
  const iterator = zip.eachEntry();
  for (let seen = 1; ; seen++) {
    const next = await iterator.next().catch(unreadable);
    if (next.done) return entries;
    if (seen > limits.maxEntries) {
      throw new SubmissionError(`The zip holds more than ${limits.maxEntries} files; submit only yours.`);
    }
    const entry = next.value;
    const path = entryName(entry);
    if (isFolder({ entry, path })) continue;
    entries.push({
      path,
      ...problemOf(entry),
      read: (maxBytes) => readZipEntry({ zip, source, entry, maxBytes, limits }),
    });
  }
}

/**
 * Many programs write UTF-8 without saying so; the zip format's own default is code page 437. What is in neither, such
 * as Shift-JIS, comes out as other letters, which does not matter in a folder that is taken off.
 */
function entryName(entry: Entry): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(entry.fileNameRaw);
  } catch {
    return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  }
}

const modeType = (entry: Entry): number => (entry.externalFileAttributes >>> 16) & MODE_TYPE;

const isFolder = ({ entry, path }: { entry: Entry; path: string }): boolean =>
  /[/\\]$/.test(path) || modeType(entry) === MODE_FOLDER;

function problemOf(entry: Entry): { problem?: string } {
  const type = modeType(entry);
  if (type === MODE_LINK) return { problem: 'it is a link; only real files are taken' };
  if (type !== 0 && type !== MODE_REGULAR) return { problem: 'it is not a regular file' };
  return {};
}

function unreadable(cause?: unknown): never {
  const reason = cause instanceof Error ? cause.message : '';
  if (reason.includes('encryption')) throw lockedZip(cause);
  const what = reason.includes('multi-disk')
    ? 'it is one part of several'
    : 'it is damaged, or the upload was cut off';
  throw new SubmissionError(`The zip cannot be read: ${what}. Make it again with \`npm run collect\`.`, {
    cause,
  });
}
