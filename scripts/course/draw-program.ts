import { basename } from 'node:path';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { readOwnCourse } from '../../reference/lib/course/own-course.ts';
import { driversOf } from '../pictures/driver.ts';

/**
 * Draws the pictures of a course's own network, beside the process that compiles it: folder with its data, folder to draw
 * to. Each line that it prints is what was just drawn, or how far it is.
 */
const [given, outputDirectory] = process.argv.slice(2);
await prepareBackend({ backend: 'wasm' });
const { parts, ...options } = await readOwnCourse(given);
const parent = process.ppid;
/** Nobody waits for pictures of a course whose compiler was killed. */
const assertAwaited = (): void => {
  if (process.ppid !== parent) throw new Error('the process that asked for these pictures is gone');
};
for (const { name, visualize } of driversOf()) {
  if (!parts.includes(name)) continue;
  const onProgress = (how: string): void => {
    assertAwaited();
    console.log(`${name}: ${how}`);
  };
  for (const file of await visualize({ ...options, outputDirectory, onProgress }))
    console.log(`${name}: ${basename(file)} is there`);
}
