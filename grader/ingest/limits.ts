import { MiB } from '../format/units.ts';

/** What a submission may weigh. Sizes are in bytes, measured while reading, never taken from a header. */
export interface IngestLimits {
  /** Size of the zip itself. */
  readonly maxArchiveBytes: number;
  /** Entries of the zip, or files and folders of the folder, that are looked at; clutter in the zip counts. */
  readonly maxEntries: number;
  /** Files taken. */
  readonly maxFiles: number;
  /** Size of one file, unpacked. */
  readonly maxFileBytes: number;
  /** Size of all files taken, unpacked. */
  readonly maxTotalBytes: number;
  /** Unpacked over packed size of one file of a mebibyte or more; a zip that exceeds it is taken for a bomb. */
  readonly maxCompressionRatio: number;
  /** Length of a path, in characters. */
  readonly maxPathLength: number;
  /** Refusals that are named one by one; the rest is counted. */
  readonly maxNamedRefusals: number;
}

/** Wide enough for a solution with a dozen pictures, zipped together with its `node_modules`. */
export const DEFAULT_LIMITS: IngestLimits = {
  maxArchiveBytes: 256 * MiB,
  maxEntries: 100_000,
  maxFiles: 200,
  maxFileBytes: 8 * MiB,
  maxTotalBytes: 64 * MiB,
  maxCompressionRatio: 200,
  maxPathLength: 240,
  maxNamedRefusals: 50,
};

/** Files that unpack to less than this are no bomb, whatever their ratio: a page of blanks packs very well. */
export const SMALLEST_BOMB_BYTES = MiB;

/** `8 MB`, `1.5 MB`, `300 KB`, in the units that students' file managers show. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < MiB) return `${Number((bytes / 1024).toFixed(1))} KB`;
  return `${Number((bytes / MiB).toFixed(1))} MB`;
}
