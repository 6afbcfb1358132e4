import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { kindOfFile } from '../../reference/lib/picture/file-kinds.ts';
import { looksLikeIdx } from '../formats/idx.ts';
import { cifarSource, idxSource, npzSource } from './array-files.ts';
import { classFolderSource, tableSource } from './labelled-folders.ts';
import { listFolder } from './picture-files.ts';
import type { LabelledSource } from './source.ts';

const forms =
  'a folder of pictures with a CSV file, one with a folder for each class, an .npz file, a file of MNIST’s pictures or of CIFAR-10';

function firstBytes(path: string): Uint8Array {
  const start = new Uint8Array(16);
  const file = openSync(path, 'r');
  try {
    return start.subarray(0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}

/** A batch of CIFAR-10 begins with a label, which says nothing, so that it is known by its name. */
const isCifar = (name: string): boolean => name.toLowerCase().endsWith('.bin');

async function inFile(path: string): Promise<LabelledSource> {
  const start = firstBytes(path);
  if (Buffer.from(start.subarray(0, 4)).toString('latin1') === 'PK\x03\x04') return npzSource(path);
  if (isCifar(path)) return cifarSource([path]);
  if (looksLikeIdx(start)) return idxSource(path);
  if (/\.csv$/i.test(path)) return tableSource(dirname(path), basename(path));
  const kind = kindOfFile(start);
  if (kind?.format)
    throw new Error('it is one picture without a label: --content and --styles take such a file');
  throw new Error(`it is ${kind?.name ?? 'nothing that is known here'}; what is imported is ${forms}`);
}

function inFolder(path: string): LabelledSource {
  const { folders, others, pictures } = listFolder(path);
  const tables = others.filter((name) => /\.csv$/i.test(name));
  if (tables.length > 1)
    throw new Error(`it holds ${tables.join(' and ')}: name the one with the labels instead`);
  if (tables.length === 1) return tableSource(path, tables[0]);
  const batches = others.filter(isCifar);
  if (batches.length > 0) return cifarSource(batches.map((name) => join(path, name)));
  const idx = others.filter((name) => /images.*idx3/.test(name));
  if (idx.length > 0) throw new Error(`it holds files of MNIST: name the one to import, such as ${idx[0]}`);
  if (folders.length > 0) return classFolderSource(path);
  if (pictures.length > 0) {
    throw new Error(
      'its pictures have no labels: put a CSV file with file,label beside them, or each class in a folder',
    );
  }
  throw new Error(`it holds no pictures; what is imported is ${forms}`);
}

/**
 * The labelled pictures of whatever somebody has.
 *
 * @throws Error: one sentence that begins with the path
 */
export async function findSource(path: string): Promise<LabelledSource> {
  try {
    return await (statSync(path).isDirectory() ? inFolder(path) : inFile(path));
  } catch (error) {
    const { message } = error as Error;
    throw new Error(message.includes(path) ? message : `${path}: ${message}`, { cause: error });
  }
}
