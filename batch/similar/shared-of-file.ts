import type { TokenizedFile } from '@dodona/dolos-core';
import { fingerprintsOf, type Sources } from './fingerprints.ts';
import { fileOf, orLeftOut, type LeftOut } from './left-out.ts';
import { tokenize } from './tokenize.ts';

/** What submissions share of one file, each by its number in the class. */
export interface SharedOfFile {
  /** Who has each fingerprint that few have. */
  readonly owners: readonly (readonly number[])[];
  /** Hashes of what too many have. */
  readonly common: readonly number[];
}

/**
 * Compares one file of all submissions, without what the template holds of it.
 * @param setup.most what more have than these does not count
 * @param setup.leftOut gets those whose file cannot be compared
 */
export function sharedOfFile(setup: {
  readonly path: string;
  readonly given: string;
  readonly submissions: ReadonlyMap<string, Sources>;
  readonly most: number;
  readonly leftOut: LeftOut[];
}): SharedOfFile {
  const { path, given, submissions, most, leftOut } = setup;
  const index = fingerprintsOf(path, given, most);
  const numbers = new Map<TokenizedFile, number>();
  [...submissions].forEach(([id, files], at) => {
    const text = files.get(path);
    if (text === undefined || text === given) return;
    const file = orLeftOut(leftOut, fileOf(id, path), () => tokenize({ owner: id, path, text }));
    if (file) numbers.set(file, at);
  });
  index.addFiles([...numbers.keys()]);
  const prints = index.sharedFingerprints();
  const isCommon = ({ ignored }: { readonly ignored: boolean }): boolean => ignored;
  return {
    owners: prints
      .filter((print) => !isCommon(print))
      .map((print) => [...new Set(print.files().map((file) => numbers.get(file)!))].sort((a, b) => a - b)),
    common: prints.filter(isCommon).map(({ hash }) => hash),
  };
}
