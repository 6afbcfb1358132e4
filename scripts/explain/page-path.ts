import { basename, dirname, join, resolve } from 'node:path';
import { sha256 } from '../../grader/format/sha256.ts';

/** What file systems allow a name, in bytes of UTF-8, and what of that a file takes while it is written. */
const MOST_BYTES = 255 - '.4194304.tmp'.length;
const MOST_BYTES_ASKED = 120;
const DIGITS = 8;

const bytesOf = (text: string): number => Buffer.byteLength(text);

const digitsOf = (text: string): string => sha256(Buffer.from(text)).slice(0, DIGITS);

/** As part of the name of a file anywhere, and of a word that a shell leaves alone. */
const plain = (text: string): string => text.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}.+_-]+/gu, '_');

/** As many of the first characters as have so many bytes. */
function beginning(text: string, bytes: number): string {
  let taken = '';
  for (const character of text) {
    if (bytesOf(taken + character) > bytes) break;
    taken += character;
  }
  return taken;
}

/** What a submission is called: results are all called the same, and the folder that they lie in says whose they are. */
function nameOf(path: string): string {
  const name = basename(resolve(path)).replace(/\.(?:zip|json)$/i, '');
  return name === 'results' ? basename(dirname(resolve(path))) : name;
}

/** The parts or checks that were asked for; all of many names would be longer than a file's can be. */
function askedName(asked: readonly string[]): string {
  const all = asked.map((one) => one.replaceAll('/', '.')).join('+');
  const name = plain(all);
  if (bytesOf(name) <= MOST_BYTES_ASKED) return name;
  return `${beginning(name, MOST_BYTES_ASKED)}-${digitsOf(all)}`;
}

/**
 * Where the page goes when nobody says: a place for each submission, each thing asked about it, and each audience, so
 * that no page takes the place of somebody else's. A long name is cut, and then the path tells it from others that
 * begin alike.
 * @param setup.sha256 of the submission, since many zips have one name; where it is empty, the path takes its place
 */
export function pagePath(setup: {
  readonly path: string;
  readonly sha256: string;
  readonly asked: readonly string[];
  readonly reveal: boolean;
}): string {
  const { path, sha256: whole, asked, reveal } = setup;
  const name = plain(nameOf(path));
  const ofPath = digitsOf(resolve(path));
  const own = whole.slice(0, DIGITS);
  const end = [askedName(asked), reveal ? 'staff' : ''].filter(Boolean);
  const named = (...marked: readonly string[]): string =>
    `${['explained', ...marked, ...end].join('-')}.html`;
  const inFull = named(name, own || ofPath);
  if (bytesOf(inFull) <= MOST_BYTES) return join('results', inFull);
  const marks = own === '' ? [ofPath] : [ofPath, own];
  const left = MOST_BYTES - bytesOf(named('', ...marks));
  return join('results', named(beginning(name, left), ...marks));
}
