/** Endings of files that are text, whichever part of the grader reads them. */
const TEXT = /\.(?:[cm]?[jt]sx?|json|md|txt)$/i;
/** As many characters tell UTF-16 without a mark. */
const LOOKED_AT = 1024;

/** Text as all that reads it later takes it: UTF-8 without a mark. */
export interface Utf8Text {
  readonly bytes: Uint8Array;
  /** How it was saved, where that was in another encoding. */
  readonly savedAs?: string;
}

/**
 * Decodes text that Notepad or PowerShell saved as UTF-16, and takes the mark off UTF-8, so that the rules on sources,
 * the type check and the bundler read the same. Files that are no text by their name come back as they are.
 */
export function utf8Text(path: string, bytes: Uint8Array): Utf8Text {
  if (!TEXT.test(path)) return { bytes };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { bytes: bytes.subarray(3) };
  const encoding = utf16Of(bytes);
  if (encoding === undefined) return { bytes };
  return { bytes: new TextEncoder().encode(new TextDecoder(encoding).decode(bytes)), savedAs: 'UTF-16' };
}

/** By its mark; without one, where every other byte is zero in most of the text and in no other place. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(LOOKED_AT, Math.floor(bytes.length / 2));
  const zeros = [0, 0];
  for (let at = 0; at < 2 * pairs; at++) if (bytes[at] === 0) zeros[at % 2]++;
  const [high, low] = zeros;
  if (pairs < 4) return undefined;
  if (low === 0 && high > 0.7 * pairs) return 'utf-16be';
  return high === 0 && low > 0.7 * pairs ? 'utf-16le' : undefined;
}
