import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GraderError, UsageError } from '../../grader/format/errors.ts';
import { readJson } from '../../grader/format/read-json.ts';
import { MiB } from '../../grader/format/units.ts';
import { sha256 } from '../../grader/format/sha256.ts';
import type { PictureSet, StoredPicture } from '../picture-set.ts';
import { pictureCache, pictureSetFolder, pictureSetNames } from './cache.ts';
import { PIXEL_FILE, SET_FILE, setSchema, type SetFile } from './set-file.ts';

const bytesOf = ({ width, height }: { width: number; height: number }): number => 3 * width * height;

function readPart(path: string, { start, length }: { start: number; length: number }): Uint8Array {
  const bytes = new Uint8Array(length);
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < length;) {
      const read = readSync(file, bytes, at, length - at, start + at);
      if (read === 0) throw new GraderError(`${path} is cut off; import the pictures again`);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

/** SHA-256 of a file that is too large to be held as a whole. */
function hashOf(path: string): string {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(4 * MiB);
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk))
      hash.update(chunk.subarray(0, read));
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

/** Puts the pixels, which lie one picture after the other, to what is said about them. */
function withPixels(stored: SetFile, path: string): Pick<PictureSet, 'explained' | 'content' | 'styles'> {
  let end = 0;
  const place = <Entry extends SetFile['content'][number]>(entry: Entry): StoredPicture => {
    const [start, length] = [end, bytesOf(entry)];
    end += length;
    return { ...entry, pixels: () => readPart(path, { start, length }) };
  };
  const lists = {
    explained: stored.explained.map(place),
    content: stored.content.map(place),
    styles: stored.styles.map(place),
  };
  if (statSync(path, { throwIfNoEntry: false })?.size !== end || hashOf(path) !== stored.pixels) {
    throw new GraderError(`${path} is damaged; import the pictures again`);
  }
  return lists;
}

/** Where a set lies. @throws UsageError where there is none of this name */
export function existingSetFolder(name: string, cache: string): string {
  const there = pictureSetNames(cache);
  const folder = pictureSetFolder(cache, name);
  if (existsSync(folder)) return folder;
  const known = there.length > 0 ? `; there are ${there.join(', ')}` : '';
  throw new UsageError(
    `there are no pictures ${name}${known}; import them by npm run pictures -- import SOURCE --name ${name}`,
  );
}

/**
 * The imported pictures of a name. Pixels are read when they are asked for.
 *
 * @throws UsageError where there are none of this name, GraderError where their files are damaged
 */
export function readPictureSet(name: string, cache: string = pictureCache()): PictureSet {
  const folder = existingSetFolder(name, cache);
  const path = join(folder, SET_FILE);
  const stored = readJson(path, setSchema, 'import the pictures again');
  const { classNames, network, licence, source } = stored;
  return {
    name,
    ...withPixels(stored, join(folder, PIXEL_FILE)),
    classNames,
    network,
    licence,
    source,
    sha256: sha256(readFileSync(path)),
  };
}
