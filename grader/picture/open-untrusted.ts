import { basename, dirname } from 'node:path';
import { SubmissionError } from '../format/errors.ts';
import { readBeneath } from '../ingest/read-capped.ts';
import type { PictureCaps } from './decode-png.ts';
import { DEFAULT_PICTURE_CAPS } from './decode-png.ts';

/** Where an untrusted file is looked for, and how large it may be. */
export interface OpenUntrustedOptions extends Partial<Pick<PictureCaps, 'maxBytes'>> {
  /**
   * The folder that is trusted; `path` is relative to it, with forward slashes, and no link below it is followed.
   * Without it all folders of `path` are trusted, and only the file itself is not.
   */
  readonly root?: string;
}

/**
 * The bytes of a regular file that untrusted code may have made. No link, pipe or device is opened.
 * @throws SubmissionError when there is no such regular file, or it is too large
 */
export async function openUntrusted(path: string, options: OpenUntrustedOptions = {}): Promise<Uint8Array> {
  const { root, maxBytes = DEFAULT_PICTURE_CAPS.maxBytes } = options;
  const place = root === undefined ? { root: dirname(path), path: basename(path) } : { root, path };
  const content = await readBeneath({ ...place, maxBytes });
  if (!content.ok) throw new SubmissionError(`The picture cannot be opened: ${content.why}.`);
  return content.bytes;
}
