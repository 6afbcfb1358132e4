import { open as openFile } from 'node:fs/promises';
import type { Entry, ZipFile } from 'yauzl';
import { getFileNameLowLevel, openPromise } from 'yauzl';
import { SubmissionError } from '../format/errors.ts';
import type { IngestLimits } from './limits.ts';
import { sizeText } from './limits.ts';
import type { ListedEntry, Listing } from './listing.ts';
import { lockedZip, readZipEntry } from './zip-entry.ts';

/** First bytes of what students send under the name of a zip. */
const OTHER_FORMATS: readonly (readonly [bytes: string, name: string])[] = [
  ['526172211a07', 'a RAR archive'],
  ['377abcaf271c', 'a 7-Zip archive'],
  ['1f8b', 'a gzip file'],
  ['fd377a585a00', 'an xz file'],
  ['425a68', 'a bzip2 file'],
  ['25504446', 'a PDF'],
  ['89504e47', 'a PNG picture'],
];
const ZIP_STARTS = ['504b0304', '504b0506', '504b0708'];

const MODE_TYPE = 0o170000;
const MODE_FOLDER = 0o040000;
const MODE_REGULAR = 0o100000;
const MODE_LINK = 0o120000;

/**
 * Lists the files of a zip from its central directory. Nothing is unpacked yet.
 * @throws SubmissionError when it is no zip, damaged, locked with a password or too large
 */
export async function listZip({ path, limits }: { path: string; limits: IngestLimits }): Promise<Listing> {
  await assertLooksLikeZip({ path, limits });
  // Sizes are checked where the file is read: the library would give up the whole archive for one wrong header.
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
  const zip = await openPromise(path, options).catch(unreadable);
  try {
    return { entries: await listEntries({ zip, limits }), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries({ zip, limits }: { zip: ZipFile; limits: IngestLimits }): Promise<ListedEntry[]> {
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
      read: (maxBytes) => readZipEntry({ zip, entry, maxBytes, limits }),
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

async function assertLooksLikeZip({ path, limits }: { path: string; limits: IngestLimits }): Promise<void> {
  const file = await openFile(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) throw new SubmissionError('The uploaded file is empty (0 bytes).');
    if (size > limits.maxArchiveBytes) {
      throw new SubmissionError(
        `The zip is larger than ${sizeText(limits.maxArchiveBytes)}; submit only your files.`,
      );
    }
    const head = new Uint8Array(8);
    await file.read(head, 0, head.length, 0);
    const start = Buffer.from(head).toString('hex');
    if (ZIP_STARTS.some((bytes) => start.startsWith(bytes))) return;
    const other = OTHER_FORMATS.find(([bytes]) => start.startsWith(bytes));
    const what = other ? `It is ${other[1]}.` : 'It may have been renamed, or the upload went wrong.';
    throw new SubmissionError(`The uploaded file is not a zip. ${what} Make one with \`npm run collect\`.`);
  } finally {
    await file.close();
  }
}

function unreadable(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : '';
  if (reason.includes('encryption')) throw lockedZip(cause);
  throw new SubmissionError(
    'The zip cannot be read: it is damaged, or the upload was cut off. Make it again with `npm run collect`.',
    { cause },
  );
}
