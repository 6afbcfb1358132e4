import { readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { loadPicture } from '../../reference/lib/picture/files.ts';
import type { SourceEntry } from './source.ts';

/** Of the kinds of files that are read, whatever is really inside. */
const pictureName = /\.(?:png|jpe?g|gif|webp|heic|heif|avif)$/i;

/** Pictures, folders and other files of a folder, each in code-unit order. What begins with a dot is left out. */
export interface FolderContent {
  readonly pictures: readonly string[];
  readonly folders: readonly string[];
  readonly others: readonly string[];
}

/** Lists one level of a folder. */
export function listFolder(folder: string): FolderContent {
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== '__MACOSX')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = (wanted: (entry: Dirent) => boolean): string[] =>
    entries.filter(wanted).map(({ name }) => name);
  const isPicture = (entry: Dirent): boolean => !entry.isDirectory() && pictureName.test(entry.name);
  return {
    pictures: names(isPicture),
    folders: names((entry) => entry.isDirectory()),
    others: names((entry) => !entry.isDirectory() && !isPicture(entry)),
  };
}

/** A picture file, upright and in sRGB, of at most 4 megapixels. */
export function pictureFile(path: string, name: string): SourceEntry {
  return {
    name,
    async read() {
      const { width, height, data } = await loadPicture(path);
      return { width, height, pixels: Uint8Array.from(data, (value) => Math.round(255 * value)) };
    },
  };
}

/**
 * A picture file, or all those of a folder.
 *
 * @throws Error: one sentence, where there is no picture
 */
export function findPictureFiles(path: string): SourceEntry[] {
  if (!statSync(path).isDirectory()) return [pictureFile(path, basename(path))];
  const { pictures } = listFolder(path);
  if (pictures.length === 0) throw new Error(`${path} holds no pictures`);
  return pictures.map((name) => pictureFile(join(path, name), name));
}
