import { readFileSync } from 'node:fs';
import { lostByName, requireFittingName } from '../../authoring/course/named-settings.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { cachedModelPath, modelCache } from '../../models/cache/cache.ts';
import { parseLabels } from '../../models/cache/labels.ts';
import { importOnnx } from '../../models/onnx/import-onnx.ts';
import { embeddedModels } from '../../reference/lib/models/embedded.ts';

/** Runs work on a file that a person gave. @throws FindingError naming the file and what is wrong with it */
function onFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new FindingError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Imports an ONNX file into the cache, with the names of its classes where there is a file of them.
 * @throws UsageError where the name is that of an embedded network, FindingError where a file is wrong or the name is
 * that of another version
 */
export async function importNetwork(
  file: string,
  { name, labels }: { name: string; labels?: string },
): Promise<void> {
  if (embeddedModels.some((one) => one === name)) {
    throw new UsageError(`${name} is a network that comes with the course: import yours under another name`);
  }
  const path = cachedModelPath(modelCache(), name);
  const classNames =
    labels === undefined ? undefined : onFile(labels, () => parseLabels(readFileSync(labels, 'utf8')));
  await prepareBackend({ backend: 'auto' });
  const { bytes, summary, version, classes } = onFile(file, () => {
    const imported = importOnnx(readFileSync(file), { name, classNames });
    requireFittingName({ name, version: imported.version });
    return imported;
  });
  writeAtomically(path, bytes);
  console.log(`${name}: ${summary}\n${path}`);
  if (classNames === undefined)
    console.error(
      `Its classes have numbers for names, class 0 to class ${classes - 1}: --labels FILE names them.`,
    );
  const lost = lostByName({ name, version, classes });
  if (lost !== undefined) console.error(lost);
}
