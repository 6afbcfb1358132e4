import { createHash, type Hash } from 'node:crypto';
import { createReadStream, lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../grader/format/files-below.ts';

/** What was installed or made beside the work; a grader reads none of it. */
const NEVER_READ = ['node_modules', '.git', '__MACOSX'];

async function addFile(hash: Hash, path: string): Promise<void> {
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
}

/**
 * SHA-256 of what was submitted: of a zip its bytes, of a folder the paths and bytes of its files. Nothing is unpacked
 * or parsed, and no link followed.
 */
export async function hashSubmission(path: string): Promise<string> {
  const hash = createHash('sha256');
  if (lstatSync(path).isFile()) {
    await addFile(hash, path);
    return hash.digest('hex');
  }
  for (const name of filesBelow(path, { skip: NEVER_READ })) {
    const file = join(path, name);
    const info = lstatSync(file);
    const kind = info.isFile() ? 'file' : info.isSymbolicLink() ? 'link' : 'other';
    hash.update(`${name}\0${kind}\0${info.size}\0`);
    if (kind === 'file') await addFile(hash, file);
    else if (kind === 'link') hash.update(readlinkSync(file));
  }
  return hash.digest('hex');
}
