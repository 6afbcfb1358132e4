import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SubmissionError } from '../../grader/format/errors.ts';
import type { IngestLimits, IngestedSubmission } from '../../grader/ingest/index.ts';
import { ingest } from '../../grader/ingest/index.ts';
import type { ZipEntrySpec } from './build-zip.ts';
import { buildZip } from './build-zip.ts';
import { scratchFolders } from './scratch.ts';

const ALLOW = ['solve/first.ts', 'solve/second.ts', 'top.ts', 'pictures/*.png'];
const scratch = scratchFolders();

function ingestBytes(bytes: Uint8Array, limits?: Partial<IngestLimits>): Promise<IngestedSubmission> {
  const path = join(scratch(), 'submission.zip');
  writeFileSync(path, bytes);
  return ingest({ path, allow: ALLOW, ...(limits && { limits }) });
}
const ingestEntries = (entries: readonly ZipEntrySpec[], limits?: Partial<IngestLimits>) =>
  ingestBytes(buildZip(entries), limits);

const texts = ({ files }: IngestedSubmission): Record<string, string> =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
const reasonFor = ({ refused }: IngestedSubmission, path: string): string | undefined =>
  refused.find((refusal) => refusal.path === path)?.why;

describe('a zip with what was asked for', () => {
  it('gives the files, byte by byte, solutions in the order of the list', async () => {
    const submission = await ingestEntries([
      { name: 'pictures/b.png', content: 'b' },
      { name: 'top.ts', content: 'export const top = 1;', method: 'store' },
      { name: 'pictures/', mode: 0o040755 },
      { name: 'solve/second.ts', content: '' },
      { name: 'solve/first.ts', content: 'export const first = "é";' },
    ]);
    expect(submission).toMatchObject({ source: 'zip', refused: [], refusedCount: 0, ignored: [] });
    expect([...submission.files.keys()]).toEqual([
      'solve/first.ts',
      'solve/second.ts',
      'top.ts',
      'pictures/b.png',
    ]);
    expect(texts(submission)).toMatchObject({
      'solve/first.ts': 'export const first = "é";',
      'solve/second.ts': '',
    });
  });

  it('loses one folder around everything, and names before a dot and a slash', async () => {
    const wrapped = await ingestEntries([
      { name: 'my homework/solve/first.ts' },
      { name: 'my homework/top.ts' },
    ]);
    expect([...wrapped.files.keys()]).toEqual(['solve/first.ts', 'top.ts']);
    const dotted = await ingestEntries([{ name: './solve/first.ts' }]);
    expect([...dotted.files.keys()]).toEqual(['solve/first.ts']);
  });

  it('keeps the files of the outermost level where there are some, and refuses the copy below', async () => {
    const submission = await ingestEntries([
      { name: 'top.ts', content: 'new' },
      { name: 'old/top.ts', content: 'old' },
    ]);
    expect(texts(submission)).toEqual({ 'top.ts': 'new' });
    expect(reasonFor(submission, 'old/top.ts')).toContain('not one of the files to submit');
  });

  it('takes a file beside the folder around everything for what it is', async () => {
    const submission = await ingestEntries([{ name: 'hw/top.ts' }, { name: 'notes.txt' }]);
    expect([...submission.files.keys()]).toEqual(['top.ts']);
    expect(reasonFor(submission, 'notes.txt')).toBe('it is not one of the files to submit');
  });

  it('counts what systems and package managers leave behind, and is silent about it otherwise', async () => {
    const submission = await ingestEntries([
      { name: 'hw/top.ts' },
      { name: '__MACOSX/hw/._top.ts' },
      { name: 'hw/.DS_Store' },
      { name: 'hw/solve/.DS_Store' },
      { name: 'hw/solve/._first.ts' },
      { name: 'hw/node_modules/a/index.js' },
      { name: 'hw/node_modules/b', mode: 0o120777, content: '/etc' },
    ]);
    expect([...submission.files.keys()]).toEqual(['top.ts']);
    expect(submission.refused).toEqual([]);
    expect(submission.ignored).toEqual([
      { name: '__MACOSX', count: 1 },
      { name: '.DS_Store', count: 2 },
      { name: '._ files', count: 1 },
      { name: 'node_modules', count: 2 },
    ]);
  });
});

describe('an entry that is refused, by name, and stops no other', () => {
  const cases: [string, ZipEntrySpec, string, string][] = [
    [
      'a link',
      { name: 'solve/first.ts', mode: 0o120777, content: '/etc/passwd' },
      'solve/first.ts',
      'a link',
    ],
    ['a device', { name: 'solve/first.ts', mode: 0o020666 }, 'solve/first.ts', 'not a regular file'],
    ['a path that climbs', { name: '../top.ts' }, '../top.ts', '`..`'],
    ['a path that climbs from inside', { name: 'solve/../../top.ts' }, 'solve/../../top.ts', '`..`'],
    ['a path that climbs out of clutter', { name: 'node_modules/../x.ts' }, 'node_modules/../x.ts', '`..`'],
    ['an absolute path', { name: '/etc/top.ts' }, '/etc/top.ts', 'absolute'],
    ['a drive letter', { name: 'C:/top.ts' }, 'C:/top.ts', 'drive letter'],
    ['backslashes that climb', { name: '..\\solve\\first.ts' }, '../solve/first.ts', '`..`'],
    ['a NUL', { name: 'solve/first.ts\0.png' }, 'solve/first.ts\\u{0}.png', 'NUL'],
    ['an escape sequence', { name: 'solve/\u001b[2Jfirst.ts' }, 'solve/\\u{1b}[2Jfirst.ts', 'invisible'],
    [
      'text that runs backwards',
      { name: 'pictures/\u202egnp.exe' },
      'pictures/\\u{202e}gnp.exe',
      'invisible',
    ],
    ['empty parts', { name: 'solve//first.ts' }, 'solve//first.ts', 'empty parts'],
    ['a trailing dot', { name: 'solve/first.ts.' }, 'solve/first.ts.', 'not valid on every system'],
    ['a stream name', { name: 'solve/first.ts:x' }, 'solve/first.ts:x', 'not valid on every system'],
    ['a file nobody asked for', { name: 'package.json' }, 'package.json', 'not one of the files to submit'],
    ['a hidden picture', { name: 'pictures/.x.png' }, 'pictures/.x.png', 'not one of the files to submit'],
    [
      'a picture one level too deep',
      { name: 'pictures/x/y.png' },
      'pictures/x/y.png',
      'not one of the files',
    ],
    ['wrong capitals in the wrong folder', { name: 'First.ts' }, 'First.ts', '`solve/first.ts` is'],
    ['the wrong folder', { name: 'first.ts' }, 'first.ts', '`solve/first.ts` is'],
    [
      'another packing method',
      { name: 'solve/first.ts', method: 'lzma' },
      'solve/first.ts',
      'LZMA instead of Deflate',
    ],
    [
      'a wrong checksum',
      { name: 'solve/first.ts', content: 'x', claim: { crc: 7 } },
      'solve/first.ts',
      'damaged',
    ],
    [
      'a size that is not true',
      { name: 'solve/first.ts', content: 'x', claim: { size: 9 } },
      'solve/first.ts',
      'damaged',
    ],
    [
      'a stored size that is not true',
      { name: 'solve/first.ts', content: 'x', method: 'store', claim: { size: 9 } },
      'solve/first.ts',
      'damaged',
    ],
    [
      'broken deflate data',
      { name: 'solve/first.ts', content: 'x', packed: Buffer.from('ffffff', 'hex') },
      'solve/first.ts',
      'damaged',
    ],
    [
      'cut deflate data',
      { name: 'solve/first.ts', content: 'x', packed: Buffer.from('4a', 'hex') },
      'solve/first.ts',
      'damaged',
    ],
    [
      'an entry that is not where it should be',
      { name: 'solve/first.ts', content: 'x', offset: 1 },
      'solve/first.ts',
      'damaged',
    ],
  ];
  it.each(cases)('%s', async (_, entry, shownPath, why) => {
    const submission = await ingestEntries([entry, { name: 'top.ts', content: 'kept' }]);
    expect(texts(submission)).toEqual({ 'top.ts': 'kept' });
    expect(reasonFor(submission, shownPath)).toContain(why);
    expect(submission.refusedCount).toBe(1);
  });

  it('an overlong path, its name cut for display', async () => {
    const submission = await ingestEntries([
      { name: `pictures/${'x'.repeat(60_000)}.png` },
      { name: 'top.ts' },
    ]);
    expect(submission.refused).toHaveLength(1);
    expect(submission.refused[0].path).toHaveLength(120);
    expect(submission.refused[0].why).toContain('longer than 240 characters');
  });

  it('a name of few characters but too many bytes', async () => {
    const submission = await ingestEntries([
      { name: `pictures/${'試'.repeat(100)}.png` },
      { name: 'top.ts' },
    ]);
    expect(submission.refused[0].why).toBe('its name is too long');
  });

  it('a name that is no Unicode, however it is marked', async () => {
    const name = Buffer.concat([Buffer.from('pictures/'), Buffer.from([0xff, 0xfe]), Buffer.from('.png')]);
    const submission = await ingestEntries([{ name, flags: 0x800 }, { name: 'top.ts' }]);
    expect([...submission.files.keys()]).toEqual(['top.ts']);
    expect(submission.refused[0].why).toContain('invalid characters');
  });
});

describe('names that some systems take for one', () => {
  it('are refused both, because which one counts would be chance', async () => {
    const submission = await ingestEntries([
      { name: 'top.ts' },
      { name: 'solve/first.ts' },
      { name: 'Solve/First.ts' },
    ]);
    expect([...submission.files.keys()]).toEqual(['top.ts']);
    expect(reasonFor(submission, 'solve/first.ts')).toContain('`Solve/First.ts` differs from it in capitals');
    expect(reasonFor(submission, 'Solve/First.ts')).toContain('`solve/first.ts` differs from it in capitals');
  });

  it('are found under a folder around everything, and in composed and decomposed letters', async () => {
    const submission = await ingestEntries([
      { name: 'hw/top.ts' },
      { name: 'hw/pictures/caf\u00e9.png' },
      { name: 'hw/pictures/cafe\u0301.png' },
    ]);
    expect([...submission.files.keys()]).toEqual(['top.ts']);
    expect(submission.refusedCount).toBe(2);
  });

  it('are refused when one name comes twice, whatever the content', async () => {
    const submission = await ingestEntries([
      { name: 'top.ts', content: 'one' },
      { name: 'top.ts', content: 'two' },
      { name: 'solve/first.ts' },
    ]);
    expect([...submission.files.keys()]).toEqual(['solve/first.ts']);
    expect(submission.refused).toEqual([
      { path: 'top.ts', why: 'it is there twice; which one counts would be chance' },
      { path: 'top.ts', why: 'it is there twice; which one counts would be chance' },
    ]);
  });
});

describe('caps', () => {
  it('hold for one file, by the bytes that come out and not by the header', async () => {
    const content = randomBytes(5000);
    const honest = { name: 'solve/first.ts', content };
    const lying = { name: 'solve/second.ts', content, claim: { size: 10, crc: crc32(content) } };
    const stored = { name: 'pictures/a.png', content, method: 'store', claim: { size: 10 } } as const;
    const submission = await ingestEntries([honest, lying, stored, { name: 'top.ts' }], {
      maxFileBytes: 4096,
    });
    expect([...submission.files.keys()]).toEqual(['top.ts']);
    expect(submission.refused.map(({ why }) => why)).toEqual(Array(3).fill('it is larger than 4 KB'));
    await expect(ingestEntries([honest], { maxFileBytes: 5000 })).resolves.toMatchObject({ refusedCount: 0 });
  });

  it('hold for all files together, pictures giving way to solutions', async () => {
    const picture = randomBytes(3000);
    const submission = await ingestEntries(
      [
        { name: 'pictures/a.png', content: picture },
        { name: 'pictures/b.png', content: picture },
        { name: 'solve/first.ts', content: randomBytes(2000) },
      ],
      { maxTotalBytes: 5120 },
    );
    expect([...submission.files.keys()]).toEqual(['solve/first.ts', 'pictures/a.png']);
    expect(reasonFor(submission, 'pictures/b.png')).toBe('the files together are larger than 5 KB');
  });

  it('hold for the number of files', async () => {
    const pictures = Array.from({ length: 5 }, (_, i) => ({ name: `pictures/${i}.png` }));
    const submission = await ingestEntries([...pictures, { name: 'top.ts' }], { maxFiles: 3 });
    expect([...submission.files.keys()]).toEqual(['top.ts', 'pictures/0.png', 'pictures/1.png']);
    expect(reasonFor(submission, 'pictures/4.png')).toBe('more than 3 files were submitted');
  });

  it('hold for the number of refusals that are named', async () => {
    const strangers = Array.from({ length: 30 }, (_, i) => ({ name: `stranger-${i}.txt` }));
    const submission = await ingestEntries([...strangers, { name: 'top.ts' }], { maxNamedRefusals: 10 });
    expect(submission.refused).toHaveLength(10);
    expect(submission.refusedCount).toBe(30);
  });

  it('let a page of blanks through, which packs two hundredfold and more', async () => {
    const submission = await ingestEntries([{ name: 'top.ts', content: ' '.repeat(900_000) }]);
    expect(submission.files.get('top.ts')).toHaveLength(900_000);
  });
});

describe('a zip that is refused as a whole', () => {
  const zeros = new Uint8Array(20 * 1024 * 1024);
  const cases: [string, () => Uint8Array, RegExp, Partial<IngestLimits>?][] = [
    ['an empty upload', () => new Uint8Array(), /empty \(0 bytes\)/],
    ['text', () => Buffer.from('const answer = 42;'), /not a zip.*npm run collect/],
    ['a RAR archive', () => Buffer.from('526172211a0700', 'hex'), /not a zip\. It is a RAR archive/],
    ['a picture', () => Buffer.from('89504e470d0a1a0a', 'hex'), /It is a PNG picture/],
    ['a zip that was cut off', () => buildZip([{ name: 'top.ts', content: 'x' }]).subarray(0, 40), /cut off/],
    ['a zip without entries', () => buildZip([]), /holds no files\./],
    ['a zip of clutter', () => buildZip([{ name: '__MACOSX/x' }]), /holds no files but __MACOSX/],
    ['a bomb', () => buildZip([{ name: 'top.ts', content: zeros }]), /unpacks to more than 200 times/],
    [
      'a bomb below the cap of one file',
      () => buildZip([{ name: 'top.ts', content: zeros }]),
      /200 times/,
      { maxFileBytes: 30e6 },
    ],
    [
      'a bomb that claims a kilobyte',
      () => buildZip([{ name: 'top.ts', content: zeros, claim: { size: 1024 } }]),
      /200 times/,
    ],
    ['a password', () => buildZip([{ name: 'top.ts', content: 'x', flags: 0x801 }]), /password/],
    ['strong encryption', () => buildZip([{ name: 'top.ts', content: 'x', flags: 0x841 }]), /password/],
    [
      'more entries than will be looked at',
      () => buildZip(Array.from({ length: 20 }, (_, i) => ({ name: `${i}` }))),
      /more than 10 files/,
      { maxEntries: 10 },
    ],
    [
      'too large a zip',
      () => buildZip([{ name: 'top.ts', content: randomBytes(4096) }]),
      /larger than 2 KB/,
      { maxArchiveBytes: 2048 },
    ],
    [
      'two solutions in one',
      () => buildZip([{ name: 'a/top.ts' }, { name: 'b/top.ts' }]),
      /Several folders hold a solution \(a\/, b\/\)/,
    ],
  ];
  it.each(cases)('%s', async (_, bytes, message, limits) => {
    const attempt = ingestBytes(bytes(), limits);
    await expect(attempt).rejects.toThrow(SubmissionError);
    await expect(attempt).rejects.toThrow(message);
  });

  it('is not, for a bomb under a name that is never unpacked', async () => {
    const submission = await ingestEntries([{ name: 'top.ts' }, { name: 'bomb.bin', content: zeros }]);
    expect([...submission.files.keys()]).toEqual(['top.ts']);
  });

  it('a path that leads nowhere', async () => {
    await expect(ingest({ path: join(scratch(), 'nothing.zip'), allow: ALLOW })).rejects.toThrow(
      /There is no file or folder at/,
    );
  });
});
