import { readFileSync } from 'node:fs';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { cachedModelPath, modelCache } from '../../models/cache/cache.ts';
import { parseLabels } from '../../models/cache/labels.ts';
import { importOnnx } from '../../models/onnx/import-onnx.ts';

/** Runs work on a file that a person gave. @throws FindingError naming the file and what is wrong with it */
function onFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new FindingError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Imports an ONNX file into the cache, with the names of its classes where there is a file of them. */
export async function importNetwork(
  file: string,
  { name, labels }: { name: string; labels?: string },
): Promise<void> {
  const path = cachedModelPath(modelCache(), name);
  const classNames =
    labels === undefined ? undefined : onFile(labels, () => parseLabels(readFileSync(labels, 'utf8')));
  await prepareBackend({ backend: 'auto' });
  const { bytes, summary } = onFile(file, () => importOnnx(readFileSync(file), { name, classNames }));
  writeAtomically(path, bytes);
  console.log(`${name}: ${summary}\n${path}`);
}
