import { parseArgs } from 'node:util';
import type { Classifier } from '../contract/classifier.ts';
import { drawnPart } from './drawn-parts.ts';
import { loadModelFile } from './models/model-file.ts';
import { loadPicture } from './picture/files.ts';
import type { Raster } from './picture/raster.ts';

/** What a driver may be asked to draw with, in place of what comes with the course. */
export interface DrawingOptions {
  /** The network to look into. */
  readonly model?: Classifier;
  /** One of the same classes that learnt otherwise, to look into beside it. */
  readonly robust?: Classifier;
  /** Pictures to explain. */
  readonly pictures?: readonly Raster[];
  /** Their classes, where they are known; else those that the network sees. */
  readonly labels?: readonly number[];
  /** The content picture of a style transfer. */
  readonly content?: Raster;
  /** The style picture of a style transfer. */
  readonly style?: Raster;
  /** The pictures of the course's own settings of style transfer, in the place of its landscape and its patterns. */
  readonly scenes?: { readonly content: Raster; readonly styles: readonly Raster[] };
  /** Told how far a long work is, in a few words. */
  readonly onProgress?: (how: string) => void;
}

/** How many pictures are at work, as a reader would say it: `1 picture`, `5 pictures`. */
export const countedPictures = (count: number): string => (count === 1 ? '1 picture' : `${count} pictures`);

/** How `npm run visualize` is called. */
export const drawingUsage = `npm run visualize [part ...] [-- OPTION ...]; options come after a --
  --model FILE    another network (safetensors)
  --picture FILE  a picture to explain (PNG or JPEG), any number of times
  --content FILE  the content picture of a style transfer
  --style FILE    the style picture of a style transfer
A picture that was drawn before under the same name is replaced.
What --model or --picture draws goes to visualization/own/, which is not submitted.`;

/**
 * Reads a command line: names of parts, and files to draw with (models as safetensors, pictures as PNG or JPEG).
 *
 * @param drawn the parts that have a picture
 * @param submitted paths of the files that are submitted, by whose names parts may be called
 * @throws Error when a part or an option is unknown or a file cannot be read.
 */
export async function readDrawingOptions(
  args: readonly string[],
  drawn: readonly string[],
  submitted: readonly string[] = [],
): Promise<{ parts: string[]; options: DrawingOptions }> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      picture: { type: 'string', multiple: true },
      content: { type: 'string' },
      style: { type: 'string' },
    },
  });
  const parts = positionals.map((name) => drawnPart(name, { drawn, submitted }));
  const options: DrawingOptions = {
    ...(values.model === undefined ? {} : { model: loadModelFile(values.model) }),
    ...(values.picture === undefined ? {} : { pictures: await Promise.all(values.picture.map(loadPicture)) }),
    ...(values.content === undefined ? {} : { content: await loadPicture(values.content) }),
    ...(values.style === undefined ? {} : { style: await loadPicture(values.style) }),
  };
  return { parts: [...new Set(parts)], options };
}
