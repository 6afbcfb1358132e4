import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { SubmissionError } from '../../grader/format/errors.ts';
import { MiB } from '../../grader/format/units.ts';
import { ingest } from '../../grader/ingest/index.ts';
import type { ZipEntrySpec } from './build-zip.ts';
import { buildZip } from './build-zip.ts';
import { scratchFolders } from './scratch.ts';

const ALLOW = ['solve/first.ts', 'top.ts', 'pictures/*.png'];
const RUNS = 1000;
/** After so many inputs the process has its code compiled and its heap grown; what comes on top is the inputs'. */
const WARM_UP = 50;
const MOST_SECONDS = 2;
/** What reading may add to the memory of this process: the caps are 2 MiB for a zip inside and 4 MiB for all files. */
const MOST_BYTES = 96 * MiB;
const LIMITS = { maxFileBytes: 2 * MiB, maxTotalBytes: 4 * MiB, maxEntries: 50 };

const scratch = scratchFolders();
const bomb = deflateRawSync(new Uint8Array(64 * MiB));

const part = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('hw', 'solve', 'pictures', 'Solve', '', '.', '..', '__MACOSX', 'C:'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom('first.ts', 'top.ts', 'TOP.ts', 'top (1).ts', 'top.ts.txt', 'a.png'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(300), '\u202egnp.', 'top.ts ', 'a\0.png', 'a.zip', '\r\n'),
  },
);
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ALLOW.slice(0, 2), 'hw/top.ts', 'pictures/a.png', 'a.zip') },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.array(part, { minLength: 1, maxLength: 5 }), fc.constantFrom('/', '/', '/', '\\', '//'))
      .map(([parts, separator]) => parts.join(separator)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }) },
);
const often = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
const UNSET = undefined;

/** Entries that contradict themselves in every field, with zips inside down to a depth. */
function entry(depth: number): fc.Arbitrary<ZipEntrySpec> {
  const plain = fc.uint8Array({ maxLength: 60 });
  const content = depth === 0 ? plain : fc.oneof(plain, plain, file(depth - 1));
  return fc
    .record({
      name,
      content,
      mode: often(UNSET, fc.integer({ min: 0, max: 0xffff })),
      method: often(UNSET, fc.constantFrom('store', 'deflate64', 'lzma', 'unknown', 'aes')),
      flags: often(UNSET, fc.integer({ min: 0, max: 0xffff })),
      claim: often(UNSET, fc.record({ size: fc.nat(0xffffffff), crc: fc.nat(0xffffffff) })),
      packed: often(UNSET, fc.oneof(fc.constant(bomb), fc.uint8Array({ maxLength: 40 }))),
      offset: often(UNSET, fc.nat(0xffffffff)),
      sizes: often(UNSET, fc.constantFrom('before', 'behind')),
      extra: often(UNSET, fc.uint8Array({ maxLength: 30 })),
    })
    .map(({ name, content, ...rest }) => ({ name, content, ...present(rest) }));
}

/** The record without what is not set. */
function present<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const set = Object.entries(record).filter(([, value]) => value !== UNSET);
  return Object.fromEntries(set) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** A file that may be a zip, with bytes around it and some of them changed. */
function file(depth: number): fc.Arbitrary<Uint8Array> {
  const around = often(new Uint8Array(), fc.uint8Array({ maxLength: 40 }));
  return fc
    .record({
      entries: fc.array(entry(depth), { maxLength: 5 }),
      zip64: often(false, fc.constant(true)),
      before: around,
      after: around,
      changes: often([], fc.array(fc.tuple(fc.nat(1000), fc.nat(255)), { maxLength: 3 })),
    })
    .map(({ entries, zip64, before, after, changes }) => {
      const bytes = new Uint8Array(Buffer.concat([before, buildZip(entries, { zip64 }), after]));
      for (const [where, value] of changes) bytes[Math.floor((where / 1000) * (bytes.length - 1))] = value;
      return bytes;
    });
}

const isShown = (text: string): boolean => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) && text.length < 600;

it('gives allowed files or one sentence for any odd zip, within bounds of time and memory', async () => {
  const path = join(scratch(), 'odd.zip');
  const seen = { taken: 0, refused: 0, nested: 0, sentences: new Set<string>() };
  let count = 0;
  let slowest = 0;
  let warm = 0;
  let largest = 0;
  await fc.assert(
    fc.asyncProperty(file(2), async (bytes) => {
      writeFileSync(path, bytes);
      const start = performance.now();
      try {
        const { files, refused, notes } = await ingest({ path, allow: ALLOW, limits: LIMITS });
        for (const [taken, content] of files) {
          expect(taken).toMatch(/^(?:solve\/first\.ts|top\.ts|pictures\/[^/\\]+\.png)$/);
          expect(content.length).toBeLessThanOrEqual(LIMITS.maxFileBytes);
        }
        for (const text of [...notes, ...refused.flatMap((one) => [one.path, one.why])]) {
          expect(text).toSatisfy(isShown);
        }
        seen.taken += files.size;
        seen.refused += refused.length;
        if (notes.some((note) => note.includes('another zip inside'))) seen.nested++;
      } catch (error) {
        expect(error).toBeInstanceOf(SubmissionError);
        expect((error as Error).message).toSatisfy(isShown);
        seen.sentences.add((error as Error).message.replaceAll(/\(.*\)|inside, .*?,/g, ''));
      }
      slowest = Math.max(slowest, performance.now() - start);
      const { rss } = process.memoryUsage();
      if (++count === WARM_UP) warm = rss;
      largest = Math.max(largest, rss);
    }),
    { seed: 11, numRuns: RUNS },
  );
  expect(slowest / 1000).toBeLessThan(MOST_SECONDS);
  expect(largest - warm).toBeLessThan(MOST_BYTES);
  // The inputs reach what they are meant to reach.
  expect(seen.taken).toBeGreaterThan(RUNS / 6);
  expect(seen.refused).toBeGreaterThan(RUNS / 6);
  expect(seen.nested).toBeGreaterThan(3);
  expect(seen.sentences.size).toBeGreaterThan(8);
}, 120_000);
