import { expect, it } from 'vitest';
import { sha256, sha256OfFiles } from '../../grader/format/sha256.ts';

const files = (...entries: [string, string][]): Map<string, Uint8Array> =>
  new Map(entries.map(([path, text]) => [path, Buffer.from(text)]));

it('is the hash of FIPS 180-2’s example', () => {
  expect(sha256(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('of files does not depend on their order', () => {
  expect(sha256OfFiles(files(['a', '1'], ['b', '2']))).toBe(sha256OfFiles(files(['b', '2'], ['a', '1'])));
});

it('of files tells where one ends and the next begins', () => {
  const hashes = [files(['a', '1b2']), files(['a', '1'], ['b', '2']), files(['a1', ''], ['b', '2'])].map(
    sha256OfFiles,
  );
  expect(new Set(hashes).size).toBe(3);
});
