import { basename, dirname, join, resolve } from 'node:path';
import { sha256 } from '../../grader/format/sha256.ts';

const MOST_CHARACTERS = 120;
const DIGITS = 8;

/** What a submission is called: results are all called the same, and the folder that they lie in says whose they are. */
function nameOf(path: string): string {
  const name = basename(resolve(path)).replace(/\.(?:zip|json)$/i, '');
  return name === 'results' ? basename(dirname(resolve(path))) : name;
}

/** The parts or checks that were asked for; all of many names would be longer than a file's can be. */
function askedName(asked: readonly string[]): string {
  const all = asked.map((one) => one.replaceAll('/', '.')).join('+');
  if (all.length <= MOST_CHARACTERS) return all;
  return `${all.slice(0, MOST_CHARACTERS)}-${sha256(Buffer.from(all)).slice(0, DIGITS)}`;
}

/**
 * Where the page goes when nobody says: a place for each submission, each thing asked about it, and each audience, so
 * that no page takes the place of somebody else's.
 * @param setup.sha256 of the submission, since many zips have one name; it may be empty
 */
export function pagePath(setup: {
  readonly path: string;
  readonly sha256: string;
  readonly asked: readonly string[];
  readonly reveal: boolean;
}): string {
  const parts = [nameOf(setup.path), setup.sha256.slice(0, DIGITS), askedName(setup.asked)];
  const name = ['explained', ...parts, setup.reveal ? 'staff' : ''].filter(Boolean).join('-');
  return join('results', `${name.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}.+_-]+/gu, '_')}.html`);
}
