import { GiB, MiB } from '../grader/format/units.ts';

/** A set may hold at most so many pictures that are explained. */
export const MAX_PICTURES = 100_000;

/** Red, green and blue of all pictures of a set together, in bytes. */
export const MAX_PIXEL_BYTES = GiB;

/** The largest file that is read as a whole; Node.js itself reads none of 2 GiB. */
export const MAX_FILE_BYTES = GiB;

/** A table of labels is larger only by mistake. */
export const MAX_CSV_BYTES = 16 * MiB;

/** Pixels along a side; SqueezeNet takes no smaller images. */
export const MIN_SIDE = 17;
