import type { Fragment, Region } from '@dodona/dolos-core';
import { fingerprintsOf, type Sources } from './fingerprints.ts';
import { tokenize } from './tokenize.ts';

/** Lines of a file. */
export interface Lines {
  /** The number of the first, from 1. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** What is alike in two files of one path. */
export interface SharedPlace {
  readonly path: string;
  readonly left: Lines;
  readonly right: Lines;
}

const MOST_PLACES = 4;
const MOST_LINES = 30;

function linesOf(text: string, { startRow, endRow }: Region): Lines {
  const lines = text.split(/\r?\n/).slice(startRow, endRow + 1);
  const left = lines.length - MOST_LINES;
  return {
    first: startRow + 1,
    lines: left > 0 ? [...lines.slice(0, MOST_LINES), `… ${left} more lines`] : lines,
  };
}

const lengthOf = ({ leftSelection: { startRow, endRow } }: Fragment): number => endRow - startRow;

/** Where two submissions are alike, the longest places first. */
export function sharedPlaces(setup: {
  readonly left: Sources;
  readonly right: Sources;
  readonly template: Sources;
  /** Hashes that do not count, by path. */
  readonly common: ReadonlyMap<string, readonly number[]>;
}): SharedPlace[] {
  const { left, right, template, common } = setup;
  const found = [...template].flatMap(([path, given]) => {
    const [a, b] = [left.get(path), right.get(path)];
    if (a === undefined || b === undefined || a === given || b === given) return [];
    const index = fingerprintsOf(path, given);
    index.addIgnoredHashes([...(common.get(path) ?? [])]);
    const one = tokenize({ owner: 'left', path, text: a });
    const other = tokenize({ owner: 'right', path, text: b });
    index.addFiles([one, other]);
    return index
      .getPair(one, other)
      .buildFragments()
      .map((fragment) => ({ fragment, path, a, b }));
  });
  return found
    .toSorted((p, q) => lengthOf(q.fragment) - lengthOf(p.fragment))
    .slice(0, MOST_PLACES)
    .map(({ fragment, path, a, b }) => ({
      path,
      left: linesOf(a, fragment.leftSelection),
      right: linesOf(b, fragment.rightSelection),
    }));
}
