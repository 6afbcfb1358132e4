import { pictureCache } from './cache/cache.ts';
import { SET_VERSION, type SetFile } from './cache/set-file.ts';
import { writePictureSet, type PixelWriter } from './cache/write-picture-set.ts';
import { resolveLabels, type NamedClasses, type ResolvedLabels } from './labels.ts';
import { MAX_PICTURES, MAX_PIXEL_BYTES, MIN_SIDE } from './limits.ts';
import { findSource } from './sources/find-source.ts';
import { findPictureFiles } from './sources/picture-files.ts';
import type { SourceEntry } from './sources/source.ts';

/** What to import, and under which name. */
export interface PictureImport {
  readonly name: string;
  /** Labelled pictures: a folder or a file. */
  readonly explained?: string;
  /** Files or folders. */
  readonly content: readonly string[];
  readonly styles: readonly string[];
  /** At most so many labelled pictures, evenly of all classes. */
  readonly count?: number;
  /** Whose classes the labels name. */
  readonly network?: NamedClasses;
  readonly licence?: string;
  readonly source?: string;
}

/** Told of an import as it goes on. */
export interface ImportListener {
  begin(pictures: number): void;
  at(picture: number, name: string): void;
}

/** What an import did not take. */
export interface ImportOutcome {
  readonly ignored: readonly string[];
}

type StoredEntry = SetFile['content'][number];

/** A labelled source after the choice of pictures. */
interface Chosen extends ResolvedLabels {
  readonly pictures: readonly SourceEntry[];
  readonly ignored: readonly string[];
}

/** Indices of `count` items, the first of each class before the second of any, in the order that they came. */
export function evenly(labels: readonly number[], count: number): number[] {
  const seen = new Map<number, number>();
  const ranks = labels.map((label) => {
    const rank = seen.get(label) ?? 0;
    seen.set(label, rank + 1);
    return rank;
  });
  const order = labels.map((_, index) => index).sort((a, b) => ranks[a] - ranks[b] || a - b);
  return order.slice(0, count).sort((a, b) => a - b);
}

async function choose({ explained, network, count }: PictureImport): Promise<Chosen> {
  if (explained === undefined) return { pictures: [], labels: [], ignored: [], classNames: undefined };
  const source = await findSource(explained);
  const { labels, classNames } = onSource(explained, () => resolveLabels(source.labels, network));
  const indices = evenly(labels, count ?? Infinity);
  if (indices.length === 0) throw new Error(`${explained}: it holds no pictures`);
  if (indices.length > MAX_PICTURES) {
    throw new Error(
      `${explained}: it holds ${indices.length} pictures; at most ${MAX_PICTURES} are taken, --count takes some of them`,
    );
  }
  return {
    pictures: indices.map((index) => source.pictures[index]),
    labels: indices.map((index) => labels[index]),
    classNames,
    ignored: source.ignored,
  };
}

function onSource<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(message.includes(path) ? message : `${path}: ${message}`, { cause: error });
  }
}

/** Unpacks pictures into a set, under the limits on sides and on all together. */
class Unpacking {
  private bytes = 0;
  private done = 0;
  private readonly writer: PixelWriter;
  private readonly listener: ImportListener;

  constructor(writer: PixelWriter, listener: ImportListener) {
    this.writer = writer;
    this.listener = listener;
  }

  async take(entry: SourceEntry): Promise<StoredEntry> {
    const picture = await entry.read();
    const { width, height } = picture;
    if (Math.min(width, height) < MIN_SIDE) {
      throw new Error(
        `${entry.name} has ${width}x${height} pixels; a side must have ${MIN_SIDE}, for the networks`,
      );
    }
    this.bytes += picture.pixels.length;
    if (this.bytes > MAX_PIXEL_BYTES) {
      throw new Error(
        `all pictures together have more than ${MAX_PIXEL_BYTES / 2 ** 20} MB of pixels, up to ${entry.name}; make them smaller, or take some of them by --count`,
      );
    }
    this.writer.write(picture);
    this.listener.at(++this.done, entry.name);
    return { name: entry.name, width, height };
  }
}

/**
 * Imports pictures into the cache; what was there under this name is replaced once all of the new is there.
 *
 * @throws Error: one sentence, where something cannot be imported; the cache is as it was
 */
export async function importPictures(
  wanted: PictureImport,
  listener: ImportListener,
  cache: string = pictureCache(),
): Promise<ImportOutcome> {
  const { name, network, licence, source } = wanted;
  const { pictures, labels, classNames, ignored } = await choose(wanted);
  const content = wanted.content.flatMap(findPictureFiles);
  const styles = wanted.styles.flatMap(findPictureFiles);
  listener.begin(pictures.length + content.length + styles.length);
  await writePictureSet({ cache, name }, async (writer) => {
    const unpacking = new Unpacking(writer, listener);
    const inOrder = async (entries: readonly SourceEntry[]): Promise<StoredEntry[]> => {
      const stored: StoredEntry[] = [];
      for (const entry of entries) stored.push(await unpacking.take(entry));
      return stored;
    };
    const explained = await inOrder(pictures);
    return {
      version: SET_VERSION,
      explained: explained.map((entry, index) => ({ ...entry, label: labels[index] })),
      content: await inOrder(content),
      styles: await inOrder(styles),
      classNames: classNames && [...classNames],
      network: classNames && network?.name,
      licence,
      source,
    };
  });
  return { ignored };
}
