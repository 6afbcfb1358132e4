import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../grader/format/files-below.ts';
import { sha256OfFiles } from '../../grader/format/sha256.ts';

/** A hash over all files below folders, installed packages left out. */
export function hashOfFolders(folders: readonly string[]): string {
  const files = new Map<string, Uint8Array>();
  for (const [index, folder] of folders.entries()) {
    for (const path of filesBelow(folder, { skip: ['node_modules'] })) {
      files.set(`${index}/${path}`, readFileSync(join(folder, path)));
    }
  }
  return sha256OfFiles(files);
}
