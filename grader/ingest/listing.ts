import { sizeText } from './limits.ts';

/** What came of reading one file under a cap. */
export type FileContent =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly tooLarge: boolean; readonly why: string };

/** The content of a file beyond its cap. */
export function tooLarge(maxBytes: number): FileContent {
  return { ok: false, tooLarge: true, why: `it is larger than ${sizeText(maxBytes)}` };
}

/** One entry of a submission, before anything in it is trusted. */
export interface ListedEntry {
  /** As the archive or file system names it. */
  readonly path: string;
  /** Why it is not to be read at all: a link, a device, ... */
  readonly problem?: string;
  /**
   * Reads at most `maxBytes`.
   * @throws SubmissionError when the content is a danger to the grader
   */
  read(maxBytes: number): Promise<FileContent>;
}

/** A submission laid open. Directories are not listed. */
export interface Listing {
  readonly entries: readonly ListedEntry[];
  /** What is to be said about the whole, a sentence each, safe to show. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}
