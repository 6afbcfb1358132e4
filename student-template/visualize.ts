import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { NotImplementedError } from './contract/not-implemented-error.ts';
import { withOwnCourse } from './lib/course/own-course.ts';
import { drawingUsage, readDrawingOptions } from './lib/drawing-options.ts';
import type { DrawingOptions } from './lib/drawing-options.ts';

/** What each file in `drivers/` exports as `visualize`: draws a part's picture and returns the files it wrote. */
type Visualize = (options: DrawingOptions & { outputDirectory: string }) => Promise<string[]>;

const root = import.meta.dirname;
/** Pictures that are submitted. */
const submitted = join(root, 'visualization');
/** Pictures of other networks and photographs, which are not: those that are submitted stay. */
const own = join(submitted, 'own');

/** Given code: where it fails, the line of a file of yours that called it says more. */
const given = /^(?:contract|drivers|lib)\/|^visualize\.ts:/;

/** The places in files of this folder that a stack speaks of, topmost first, as `file:line`. */
function placesIn(stack: string): string[] {
  const prefixes = [root + sep, `${pathToFileURL(root).href}/`];
  return stack.split('\n').flatMap((frame) => {
    const prefix = prefixes.find((one) => frame.includes(one));
    const place = prefix && /^(.+):(\d+):\d+\)?$/.exec(frame.slice(frame.indexOf(prefix) + prefix.length));
    if (!place) return [];
    const path = place[1].replaceAll(sep, '/');
    // Source maps put frames of libraries into this folder, too, in files that are not there.
    const isHere = !path.startsWith('node_modules/') && existsSync(join(root, path));
    return isHere ? [`${path}:${place[2]}`] : [];
  });
}

/** Set by `npm run visualize` of the kit: what an error of TensorFlow.js means, in a sentence, where that is known. */
const explain = (globalThis as Record<symbol, unknown>)[Symbol.for('introspection.explain-error')] as
  ((message: string) => string | undefined) | undefined;

/** The error, the line of a file of yours that it came from, and what it means. */
function describeError(error: unknown): string {
  if (!(error instanceof Error))
    return `${String(error)} (thrown without an Error, which would know its line)`;
  const places = placesIn(error.stack ?? '');
  const place = places.find((one) => !given.test(one)) ?? places[0];
  const meaning = explain?.(error.message.replaceAll(/\s+/g, ' ').trim());
  const text = `${error.name}: ${error.message}${place ? ` (${place})` : ''}${meaning ? `\n${meaning}` : ''}`;
  return error.cause === undefined ? text : `${text}\ncaused by ${describeError(error.cause)}`;
}

/** Draws one part and says how it went; false when its code failed. */
async function draw(part: string, options: DrawingOptions): Promise<boolean> {
  try {
    const driver = (await import(pathToFileURL(join(root, 'drivers', `${part}.ts`)).href)) as {
      visualize: Visualize;
    };
    const onProgress = (how: string): void => console.error(`${part}: ${how}`);
    const outputDirectory = options.model || options.pictures ? own : submitted;
    const drawn = await withOwnCourse(part, { ...options, onProgress });
    for (const file of await driver.visualize({ ...drawn, outputDirectory })) {
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

/** Files that are submitted: parts may be called by their names, too. */
function submittedFiles(): string[] {
  const path = join(root, 'submission.json');
  if (!existsSync(path)) return [];
  const { solutionFiles, optional } = JSON.parse(readFileSync(path, 'utf8')) as {
    solutionFiles: { path: string }[];
    optional: string[];
  };
  return [...solutionFiles.map((file) => file.path), ...optional.filter((file) => !file.includes('*'))];
}

async function main(): Promise<void> {
  // A gradient puts dozens of frames of the library above the line that counts.
  Error.stackTraceLimit = 200;
  process.on('uncaughtException', (error) => {
    console.error(`failed\n${describeError(error)}`);
    process.exit(1);
  });
  if (process.argv.includes('--help')) {
    console.log(`Usage: ${drawingUsage}\nParts: ${parts.join(', ')}`);
    return;
  }
  await tf.setBackend('wasm');
  const { parts: wanted, options } = await readDrawingOptions(process.argv.slice(2), parts, submittedFiles());
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
