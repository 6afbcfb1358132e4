import { FingerprintIndex } from '@dodona/dolos-core';
import { tokenize } from './tokenize.ts';

/** Texts by path. */
export type Sources = ReadonlyMap<string, string>;

/** Tokens of a fingerprint, and of how many that follow each other one is kept: as Dolos has them. */
const KGRAM = 23;
const WINDOW = 17;

/**
 * An index of fingerprints of one file, without what the template has in it.
 * @param given the template's text of the file
 * @param most what more files have than these does not count
 */
export function fingerprintsOf(path: string, given: string, most?: number): FingerprintIndex {
  const index = new FingerprintIndex(KGRAM, WINDOW, false, most);
  index.addIgnoredFile(tokenize({ owner: 'template', path, text: given }));
  return index;
}
