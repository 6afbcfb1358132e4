import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { NotImplementedError } from './contract/not-implemented-error.ts';
import { drawingUsage, readDrawingOptions } from './lib/drawing-options.ts';
import type { DrawingOptions } from './lib/drawing-options.ts';

/** What each file in `drivers/` exports as `visualize`: draws a part's picture and returns the files it wrote. */
type Visualize = (options: DrawingOptions & { outputDirectory: string }) => Promise<string[]>;

const root = import.meta.dirname;
const outputDirectory = join(root, 'visualization');

/** The error with the lines of its stack that lie in this folder, so not those of the libraries. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && line.includes(root + sep) && !line.includes('node_modules'))
    .map((line) => line.replace('file://', '').replace(root + sep, ''));
  return [`${error.name}: ${error.message}`, ...frames].join('\n');
}

/** Draws one part and says how it went; false when its code failed. */
async function draw(part: string, options: DrawingOptions): Promise<boolean> {
  try {
    const driver = (await import(pathToFileURL(join(root, 'drivers', `${part}.ts`)).href)) as {
      visualize: Visualize;
    };
    for (const file of await driver.visualize({ ...options, outputDirectory })) {
      console.log(`${part}: wrote ${relative(process.cwd(), file)}`);
    }
    return true;
  } catch (error) {
    if (error instanceof NotImplementedError) console.log(`${part}: ${error.message}`);
    else console.error(`${part}: failed\n${describeError(error)}`);
    return error instanceof NotImplementedError;
  }
}

const drivers = join(root, 'drivers');
const parts = (existsSync(drivers) ? readdirSync(drivers) : [])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(`Usage: ${drawingUsage}\nParts: ${parts.join(', ')}`);
    return;
  }
  await tf.setBackend('wasm');
  const { parts: wanted, options } = await readDrawingOptions(process.argv.slice(2), parts);
  for (const part of wanted.length > 0 ? wanted : parts) {
    if (!(await draw(part, options))) process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  console.error(`Usage: ${drawingUsage}`);
  process.exitCode = 2;
}
