import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DrawingOptions } from '../drawing-options.ts';
import { loadModelFile } from '../models/model-file.ts';
import { loadPicture } from '../picture/files.ts';

/** `course/course.json`: a network and pictures that an instructor put in the place of those that come with the course. */
export interface OwnCourse {
  /** The parts that look into them; all others keep to the networks of shapes. */
  readonly parts: readonly string[];
  /** A file of the folder, as are all others here. */
  readonly network: string;
  /** One of the same classes that learnt otherwise, where there is one. */
  readonly robust?: string;
  /** Pictures to explain, each with its class. */
  readonly shown: readonly { readonly file: string; readonly label: number }[];
  readonly content: string;
  readonly styles: readonly string[];
}

const ownFolder = fileURLToPath(new URL('../../course/', import.meta.url));

/** The network and the pictures of a course's folder, to draw with; all of them are checked when they are read. */
export async function readOwnCourse(
  folder: string,
): Promise<DrawingOptions & { readonly parts: readonly string[] }> {
  const inFolder = (file: string): string => join(folder, file);
  const own = JSON.parse(readFileSync(inFolder('course.json'), 'utf8')) as OwnCourse;
  const load = (files: readonly string[]) => Promise.all(files.map((file) => loadPicture(inFolder(file))));
  const [content, ...styles] = await load([own.content, ...own.styles]);
  return {
    parts: own.parts,
    model: loadModelFile(inFolder(own.network)),
    ...(own.robust === undefined ? {} : { robust: loadModelFile(inFolder(own.robust)) }),
    pictures: await load(own.shown.map(({ file }) => file)),
    labels: own.shown.map(({ label }) => label),
    scenes: { content, styles },
  };
}

/** With what a part is drawn: what was asked for and, where the course has a network of its own, its pictures. */
export async function withOwnCourse(part: string, asked: DrawingOptions): Promise<DrawingOptions> {
  if (asked.model || !existsSync(join(ownFolder, 'course.json'))) return asked;
  const { parts, labels, ...own } = await readOwnCourse(ownFolder);
  if (!parts.includes(part)) return asked;
  return { ...own, ...(asked.pictures || !labels ? {} : { labels }), ...asked };
}
