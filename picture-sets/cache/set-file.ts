import { z } from 'zod';

/** Raised when a change makes older sets unreadable. */
export const SET_VERSION = 1;

/** A folder of a set holds these two files. */
export const SET_FILE = 'set.json';
export const PIXEL_FILE = 'pixels.bin';

const picture = z.strictObject({
  name: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  label: z.int().nonnegative().optional(),
});

/** What is said about a set; the pixels lie in the other file, one picture after the other in this order. */
export const setSchema = z.strictObject({
  version: z.literal(SET_VERSION),
  explained: z.array(picture.required({ label: true })),
  content: z.array(picture),
  styles: z.array(picture),
  classNames: z.array(z.string()).optional(),
  network: z.string().optional(),
  licence: z.string().optional(),
  source: z.string().optional(),
  /** SHA-256 of the pixels, lower-case hexadecimal. */
  pixels: z.string().regex(/^[0-9a-f]{64}$/),
});

/** {@link setSchema}'s type. */
export type SetFile = z.output<typeof setSchema>;
