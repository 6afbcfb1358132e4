import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { GraderError } from '../../grader/format/errors.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { assignment } from '../../reference/assignment.ts';
import { loadPicture, savePicture } from '../../reference/lib/picture/files.ts';
import { resize } from '../../reference/lib/picture/resize.ts';
import { partsOf } from '../options/parts.ts';
import { driversOf } from './driver.ts';

/** Of the size that a driver draws in. */
const SCALE = 0.6;

/** Writes a picture as handouts show it. */
export async function saveScaled(from: string, to: string): Promise<void> {
  const picture = await loadPicture(from);
  const [width, height] = [picture.width, picture.height].map((side) => Math.round(SCALE * side));
  await savePicture(to, resize(picture, { width, height, method: 'area' }));
}

/**
 * Draws the pictures that handouts show, with the solutions of the reference. A part shows a picture by listing it
 * among its files as `handouts/NAME.png`, where its driver writes `NAME.png`.
 *
 * @param wanted what parts are called; none for all
 */
export async function drawHandoutPictures(wanted: readonly string[]): Promise<void> {
  const parts = wanted.length === 0 ? assignment.parts : partsOf(wanted, assignment.parts);
  await prepareBackend({ backend: 'auto' });
  const outputDirectory = mkdtempSync(join(tmpdir(), 'introspection-handouts-'));
  try {
    for (const part of parts) {
      const { id, directory, files } = part;
      const shown = Object.keys(files).filter((path) => /^handouts\/.*\.png$/.test(path));
      if (shown.length === 0) continue;
      const [driver] = driversOf([part]);
      if (!driver) throw new GraderError(`${id}: shows ${shown.join(', ')} but has no driver to draw it`);
      const drawn = await driver.visualize({ outputDirectory });
      for (const path of shown) {
        const file = drawn.find((one) => basename(one) === basename(path));
        if (file) await saveScaled(file, join(directory, files[path].source));
        console.log(
          file
            ? `${id}: ${files[path].source}`
            : `${id}: its driver draws no ${basename(path)}; left as it is`,
        );
      }
    }
  } finally {
    rmSync(outputDirectory, { recursive: true, force: true });
  }
}
