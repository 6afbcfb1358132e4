import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { assignment } from '../../reference/assignment.ts';
import { loadPicture, savePicture } from '../../reference/lib/picture/files.ts';
import { resize } from '../../reference/lib/picture/resize.ts';

/**
 * Draws the pictures that handouts show, at 60 %, with the reference's solutions. A part shows a picture by listing
 * it among its files as `handouts/NAME.png`, where its driver writes `NAME.png`. Arguments name the parts to draw.
 */
const SCALE = 0.6;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !assignment.parts.some(({ id }) => id === part));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}.\nUsage: npm run handout-pictures [part ...]`);
  process.exit(2);
}
const parts = assignment.parts.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
await prepareBackend({ backend: 'auto' });
const outputDirectory = mkdtempSync(join(tmpdir(), 'introspection-handouts-'));
try {
  for (const { id, directory, files } of parts) {
    const shown = Object.keys(files).filter((path) => /^handouts\/.*\.png$/.test(path));
    const driver = Object.entries(files).find(([path]) => path.startsWith('drivers/'))?.[1];
    if (shown.length === 0) continue;
    if (!driver) throw new Error(`${id}: shows ${shown.join(', ')} but has no driver to draw it`);
    const { visualize } = (await import(pathToFileURL(join(directory, driver.source)).href)) as {
      visualize: (options: { outputDirectory: string }) => Promise<string[]>;
    };
    const drawn = await visualize({ outputDirectory });
    for (const path of shown) {
      const file = drawn.find((one) => basename(one) === basename(path));
      if (!file) {
        console.log(`${id}: its driver draws no ${basename(path)}; left as it is`);
        continue;
      }
      const picture = await loadPicture(file);
      const [width, height] = [picture.width, picture.height].map((side) => Math.round(SCALE * side));
      await savePicture(
        join(directory, files[path].source),
        resize(picture, { width, height, method: 'area' }),
      );
      console.log(`${id}: ${files[path].source}`);
    }
  }
} finally {
  rmSync(outputDirectory, { recursive: true, force: true });
}
