import { relative, resolve } from 'node:path';
import { UsageError } from '../../grader/format/errors.ts';
import { autoThreads, prepareBackend, type CoreWatch } from '../../grader/tensorflow/index.ts';
import { assignment } from '../../reference/assignment.ts';
import { readDrawingOptions } from '../../reference/lib/drawing-options.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import { driversOf } from './driver.ts';

export interface VisualizeOptions {
  readonly model?: string;
  readonly picture?: readonly string[];
  readonly content?: string;
  readonly style?: string;
  readonly out: string;
}

/** The files to draw with, as the students' command reads them. */
function asArguments({ model, picture = [], content, style }: VisualizeOptions): string[] {
  const named = { model, content, style };
  return [
    ...picture.map((file) => `--picture=${file}`),
    ...Object.entries(named).flatMap(([name, file]) => (file === undefined ? [] : [`--${name}=${file}`])),
  ];
}

/** Draws the pictures of the parts named, or of all, with the solutions of the reference, on cores that `watch` finds free. */
export async function visualize(
  parts: readonly string[],
  options: VisualizeOptions,
  watch: CoreWatch,
): Promise<void> {
  const drivers = driversOf();
  const names = drivers.map(({ name }) => name);
  const submitted = assignment.parts.flatMap(({ files }) =>
    Object.keys(files).filter((path) => files[path].role !== 'given'),
  );
  await prepareBackend({ backend: 'auto', threads: await autoThreads(watch) });
  const drawing = await plainErrorsAs(UsageError, () =>
    readDrawingOptions([...asArguments(options), '--', ...parts], names, submitted),
  );
  for (const { name, visualize } of drivers) {
    if (parts.length > 0 && !drawing.parts.includes(name)) continue;
    const onProgress = (how: string): void => console.error(`${name}: ${how}`);
    const drawn = { ...drawing.options, onProgress, outputDirectory: resolve(options.out) };
    for (const file of await visualize(drawn)) {
      console.log(`${name}: wrote ${relative(process.cwd(), file)}`);
    }
  }
}
