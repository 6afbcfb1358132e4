import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { whenProcessEnds } from '../../grader/sandbox/process-end.ts';
import type { SourcePicture } from '../sources/source.ts';
import { pictureSetFolder, replacedFolder, unfinishedFolder } from './cache.ts';
import { replaceFolder, tidyAbandoned } from './replace-folder.ts';
import { PIXEL_FILE, SET_FILE, type SetFile } from './set-file.ts';

/** Takes the pixels of a set, picture after picture. */
export interface PixelWriter {
  write(picture: SourcePicture): void;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/**
 * Writes a set as a whole or, whatever ends the work, not at all.
 *
 * @param fill hands over all pixels and returns what is said about them, in the same order
 */
export async function writePictureSet(
  { cache, name }: { cache: string; name: string },
  fill: (writer: PixelWriter) => Promise<Omit<SetFile, 'pixels'>>,
): Promise<void> {
  const folder = pictureSetFolder(cache, name);
  tidyAbandoned(cache);
  const fresh = unfinishedFolder(cache, name);
  const tidy = (): void => rmSync(fresh, { recursive: true, force: true });
  const done = whenProcessEnds(tidy);
  try {
    mkdirSync(fresh, { recursive: true });
    const hash = createHash('sha256');
    const about = await fillPixels(join(fresh, PIXEL_FILE), hash, fill);
    const stored: SetFile = { ...about, pixels: hash.digest('hex') };
    writeAtomically(join(fresh, SET_FILE), `${JSON.stringify(stored, undefined, 1)}\n`);
    replaceFolder({ folder, fresh, aside: replacedFolder(cache, name) });
  } finally {
    tidy();
    done();
  }
}

async function fillPixels<T>(
  path: string,
  hash: Hash,
  fill: (writer: PixelWriter) => Promise<T>,
): Promise<T> {
  const file = openSync(path, 'w', 0o644);
  try {
    const about = await fill({
      write({ pixels }) {
        hash.update(pixels);
        writeAll(file, pixels);
      },
    });
    fsyncSync(file);
    return about;
  } finally {
    closeSync(file);
  }
}
