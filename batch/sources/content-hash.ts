import { createHash, type Hash } from 'node:crypto';
import { accessSync, constants, createReadStream, lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../grader/format/files-below.ts';

/** What was installed or made beside the work; a grader reads none of it. */
export const NEVER_READ = ['node_modules', '.git', '__MACOSX'];

async function addFile(hash: Hash, path: string): Promise<void> {
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
}

function lookAt(path: string): { kind: 'file' | 'link' | 'other' | 'unreadable'; size: number } {
  try {
    const info = lstatSync(path);
    if (info.isFile()) accessSync(path, constants.R_OK);
    return { kind: info.isFile() ? 'file' : info.isSymbolicLink() ? 'link' : 'other', size: info.size };
  } catch {
    return { kind: 'unreadable', size: 0 };
  }
}

/** Hashes what was submitted at a path. */
export type HashOf = (path: string) => Promise<string>;

/** The same as `hashSubmission`, but each path is read once. */
export function hashingOnce(): HashOf {
  const known = new Map<string, Promise<string>>();
  return (path) => {
    const hash = known.get(path) ?? hashSubmission(path);
    known.set(path, hash);
    return hash;
  };
}

/**
 * SHA-256 of what was submitted: of a zip its bytes, of a folder the paths and bytes of its files. Nothing is unpacked
 * or parsed, and no link followed. What cannot be read, such as a name that is no UTF-8, cannot be graded either: its
 * path alone counts, so that one submission does not stop a class.
 */
export async function hashSubmission(path: string): Promise<string> {
  const hash = createHash('sha256');
  if (lstatSync(path).isFile()) {
    await addFile(hash, path);
    return hash.digest('hex');
  }
  for (const name of filesBelow(path, { skip: NEVER_READ, unreadable: 'listed' })) {
    const file = join(path, name);
    const { kind, size } = lookAt(file);
    hash.update(`${name}\0${kind}\0${size}\0`);
    if (kind === 'file') await addFile(hash, file);
    else if (kind === 'link') hash.update(readlinkSync(file));
  }
  return hash.digest('hex');
}
