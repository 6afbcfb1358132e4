import { basename } from 'node:path';
import { getOneMessage, sendMessage } from 'execa';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { readOwnCourse } from '../../reference/lib/course/own-course.ts';
import { driversOf } from '../pictures/driver.ts';
import { NEXT_PART, type PartToDraw } from './drawing.ts';

/**
 * Draws pictures of a course's own network, beside the process that compiles it: folder with its data, folder to draw to.
 * It asks for one part after the other. Each line that it prints is what was just drawn, or how far it is.
 */
const [given, outputDirectory] = process.argv.slice(2);
await prepareBackend({ backend: 'wasm' });
const { parts: _, ...options } = await readOwnCourse(given);
const drivers = driversOf();
const parent = process.ppid;
/** Nobody waits for pictures of a course whose compiler was killed. */
const assertAwaited = (): void => {
  if (process.ppid !== parent) throw new Error('the process that asked for these pictures is gone');
};

async function nextPart(): Promise<string | null> {
  const [answer] = await Promise.all([getOneMessage(), sendMessage(NEXT_PART)]);
  return (answer as unknown as PartToDraw).part;
}

for (let part = await nextPart(); part !== null; part = await nextPart()) {
  const driver = drivers.find(({ name }) => name === part);
  if (!driver) throw new Error(`there is no driver ${part}`);
  const onProgress = (how: string): void => {
    assertAwaited();
    console.log(`${part}: ${how}`);
  };
  for (const file of await driver.visualize({ ...options, outputDirectory, onProgress }))
    console.log(`${part}: ${basename(file)} is there`);
}
