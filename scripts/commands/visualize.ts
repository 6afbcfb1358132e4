import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { assignment } from '../../reference/assignment.ts';
import { drawingUsage, readDrawingOptions } from '../../reference/lib/drawing-options.ts';
import type { DrawingOptions } from '../../reference/lib/drawing-options.ts';

/** Draws the pictures of the parts, or of the parts named, with the reference's solutions into `visualization/`. */
const outputDirectory = resolve(import.meta.dirname, '../../visualization');

const drivers = new Map(
  assignment.parts.flatMap(({ directory, files }) =>
    Object.entries(files)
      .filter(([templatePath]) => templatePath.startsWith('drivers/'))
      .map(([templatePath, { source }]) => [
        templatePath.slice('drivers/'.length, -'.ts'.length),
        pathToFileURL(join(directory, source)).href,
      ]),
  ),
);

const parts = [...drivers.keys()];
if (process.argv.includes('--help')) {
  console.log(`Usage: ${drawingUsage}\nParts: ${parts.join(', ')}`);
  process.exit(0);
}
await prepareBackend({ backend: 'auto', threads: 'auto' });
const { parts: wanted, options } = await readDrawingOptions(process.argv.slice(2), parts).catch(
  (error: Error) => {
    console.error(`${error.message}\nUsage: ${drawingUsage}`);
    process.exit(2);
  },
);
for (const [part, url] of drivers) {
  if (wanted.length > 0 && !wanted.includes(part)) continue;
  const driver = (await import(url)) as {
    visualize: (options: DrawingOptions & { outputDirectory: string }) => Promise<string[]>;
  };
  for (const file of await driver.visualize({ ...options, outputDirectory })) {
    console.log(`${part}: wrote ${relative(process.cwd(), file)}`);
  }
}
