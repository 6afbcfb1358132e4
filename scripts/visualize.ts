import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareBackend } from '../grader/backend/index.ts';
import { assignment } from '../reference/assignment.ts';

/** Draws the pictures of the parts, or of the parts named, with the reference's solutions into `visualization/`. */
const outputDirectory = resolve(import.meta.dirname, '../visualization');

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

const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !drivers.has(part));
if (unknown.length > 0) {
  console.error(`There is no picture for ${unknown.join(', ')}. Parts: ${[...drivers.keys()].join(', ')}`);
  process.exitCode = 2;
} else {
  await prepareBackend({ backend: 'auto' });
  for (const [part, url] of drivers) {
    if (wanted.length > 0 && !wanted.includes(part)) continue;
    const driver = (await import(url)) as {
      visualize: (options: { outputDirectory: string }) => Promise<string[]>;
    };
    for (const file of await driver.visualize({ outputDirectory })) {
      console.log(`${part}: wrote ${relative(process.cwd(), file)}`);
    }
  }
}
