import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseLabelTable } from '../formats/label-table.ts';
import { MAX_CSV_BYTES } from '../limits.ts';
import { listFolder, pictureFile } from './picture-files.ts';
import type { LabelledSource, SourceLabels } from './source.ts';

/** Labels that are all whole numbers are indices of classes. */
function asLabels(labels: readonly string[]): SourceLabels {
  const areIndices = labels.every((label) => /^\d{1,9}$/.test(label));
  return areIndices ? { kind: 'indices', labels: labels.map(Number) } : { kind: 'names', labels };
}

/**
 * Pictures with a table of their labels beside them or above.
 *
 * @throws Error: one sentence, where the table is wrong
 */
export function tableSource(folder: string, table: string): LabelledSource {
  const path = join(folder, table);
  if (statSync(path).size > MAX_CSV_BYTES) throw new Error(`${path} is too large for a table of labels`);
  const rows = onFile(path, () => {
    const seen = new Set<string>();
    return parseLabelTable(readFileSync(path, 'utf8')).map(({ file, label, row }) => {
      const plain = posix.normalize(file.replaceAll('\\', '/'));
      if (plain.startsWith('../') || posix.isAbsolute(plain)) {
        throw new Error(`it names ${file}, which does not lie below its folder`);
      }
      if (seen.has(plain)) throw new Error(`it names ${file} twice`);
      seen.add(plain);
      return { file: plain, label, place: `${path}, row ${row}` };
    });
  });
  const listed = new Set(rows.map(({ file }) => file));
  const { pictures, others } = listFolder(folder);
  return {
    pictures: rows.map(({ file }) => pictureFile(join(folder, file), file)),
    labels: { ...asLabels(rows.map(({ label }) => label)), places: rows.map(({ place }) => place) },
    ignored: [...pictures, ...others].filter((name) => name !== table && !listed.has(name)),
  };
}

/**
 * One folder for each class, its name the label.
 *
 * @throws Error: one sentence, where pictures lie elsewhere or a class has none
 */
export function classFolderSource(folder: string): LabelledSource {
  const { folders, pictures, others } = listFolder(folder);
  if (pictures.length > 0) {
    throw new Error(
      `${join(folder, pictures[0])} lies beside the folders of the classes, not in one of them`,
    );
  }
  const classes = folders.map((name) => ({ name, content: listFolder(join(folder, name)) }));
  for (const { name, content } of classes) {
    if (content.folders.length > 0) {
      throw new Error(`${join(folder, name, content.folders[0])} is a folder within that of a class`);
    }
    if (content.pictures.length === 0) throw new Error(`${join(folder, name)} holds no pictures`);
  }
  const labelled = classes.flatMap(({ name, content }) => content.pictures.map((file) => ({ name, file })));
  return {
    pictures: labelled.map(({ name, file }) => pictureFile(join(folder, name, file), `${name}/${file}`)),
    labels: asLabels(labelled.map(({ name }) => name)),
    ignored: [
      ...others,
      ...classes.flatMap(({ name, content }) => content.others.map((file) => `${name}/${file}`)),
    ],
  };
}

function onFile<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
}
