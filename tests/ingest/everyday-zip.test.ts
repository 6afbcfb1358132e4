import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SubmissionError } from '../../grader/format/errors.ts';
import type { IngestLimits, IngestedSubmission } from '../../grader/ingest/index.ts';
import { ingest } from '../../grader/ingest/index.ts';
import type { ZipEntrySpec } from './build-zip.ts';
import { buildZip } from './build-zip.ts';
import { scratchFolders, writeTree } from './scratch.ts';

const ALLOW = ['solve/first.ts', 'solve/second.ts', 'top.ts', 'pictures/*.png'];
const scratch = scratchFolders();

function ingestBytes(bytes: Uint8Array, limits?: Partial<IngestLimits>): Promise<IngestedSubmission> {
  const path = join(scratch(), 'submission.zip');
  writeFileSync(path, bytes);
  return ingest({ path, allow: ALLOW, ...(limits && { limits }) });
}
const ingestEntries = (...entries: readonly ZipEntrySpec[]) => ingestBytes(buildZip(entries));

const texts = ({ files }: IngestedSubmission): Record<string, string> =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
const reasonFor = ({ refused }: IngestedSubmission, path: string): string | undefined =>
  refused.find((refusal) => refusal.path === path)?.why;

const SOLUTION: readonly ZipEntrySpec[] = [
  { name: 'solve/first.ts', content: 'one' },
  { name: 'top.ts', content: 'top' },
];
const TEXTS = { 'solve/first.ts': 'one', 'top.ts': 'top' };
const under = (folder: string, entries: readonly ZipEntrySpec[]): ZipEntrySpec[] =>
  entries.map((entry) => ({ ...entry, name: `${folder}${entry.name as string}` }));

describe('folders around everything', () => {
  const wrappers: [string, string][] = [
    ['two of them', 'hw/hw/'],
    ['the way from the root of the disk', 'home/me/course/hw/'],
    ['one with a colon and a blank at its end', 'A3: networks /'],
    ['one with an invisible character', 'hw\u200f/'],
    ['one in Korean', '과제 3/'],
  ];
  it.each(wrappers)('are taken off: %s', async (_, folder) => {
    const submission = await ingestEntries(...under(folder, SOLUTION), { name: `${folder}pictures/a.png` });
    expect(texts(submission)).toEqual({ ...TEXTS, 'pictures/a.png': '' });
    expect(submission.refused).toEqual([]);
  });

  it.each([
    ['Shift-JIS, with a byte that is a backslash elsewhere', '89db91e8955c'],
    ['Shift-JIS, with such a byte inside', '955c8e86'],
    ['Latin-1', 'dc62756e67'],
    ['code page 437', '9a62756e67'],
  ])('are taken off with a name in %s', async (_, bytes) => {
    const folder = Buffer.from(bytes, 'hex');
    const entries = SOLUTION.map((entry) => ({
      ...entry,
      name: Buffer.concat([folder, Buffer.from(`/${entry.name as string}`)]),
      flags: 0,
    }));
    expect(texts(await ingestEntries(...entries))).toEqual(TEXTS);
  });

  it('count from the outermost that holds a file to submit; copies further in are left out', async () => {
    const submission = await ingestEntries(
      ...under('hw/', SOLUTION),
      { name: 'hw/old/top.ts', content: 'old' },
      { name: 'hw/old/older/solve/second.ts', content: 'older' },
    );
    expect(texts(submission)).toEqual(TEXTS);
    expect(submission.refused.map(({ path }) => path)).toEqual(['old/top.ts', 'old/older/solve/second.ts']);
  });

  it('are an error where two side by side hold a solution, however deep', async () => {
    const attempt = ingestEntries({ name: 'hw/a/top.ts' }, { name: 'hw/b/top.ts' });
    await expect(attempt).rejects.toThrow(SubmissionError);
    await expect(attempt).rejects.toThrow('Several folders hold a solution (hw/a/, hw/b/)');
  });

  it('never hide where a path leads', async () => {
    const submission = await ingestEntries(
      { name: 'hw/../../top.ts' },
      { name: '/hw/top.ts' },
      { name: 'C:\\hw\\top.ts' },
      { name: '..\\top.ts' },
      { name: '\\\\server\\share\\top.ts' },
    );
    expect(submission.files.size).toBe(0);
    expect(submission.refused.map(({ why }) => why)).toEqual([
      'its path leads out of the submission with `..`',
      'its path is absolute',
      'its path starts with a drive letter',
      'its path leads out of the submission with `..`',
      'its path is absolute',
    ]);
  });
});

describe('names as other systems write them', () => {
  it('have backslashes for slashes', async () => {
    const submission = await ingestEntries(
      { name: 'hw\\', mode: 0 },
      { name: 'hw\\solve\\first.ts', content: 'one', mode: 0 },
      { name: 'hw\\top.ts', content: 'top', mode: 0 },
      { name: 'hw\\node_modules\\x\\index.js', mode: 0 },
    );
    expect(texts(submission)).toEqual(TEXTS);
    expect(submission.ignored).toEqual([{ name: 'node_modules', count: 1 }]);
    expect(submission.notes).toEqual(['Backslashes in the names of files were taken for folders']);
  });

  it('have backslashes in a folder, too, which an unpacking host leaves in the names', async () => {
    const path = writeTree(scratch(), { 'solve\\first.ts': 'one', 'top.ts': 'top' });
    expect(texts(await ingest({ path, allow: ALLOW }))).toEqual(TEXTS);
  });

  const marked: [string, string][] = [
    ['a browser', 'solve/first (1).ts'],
    ['another browser', 'solve/first(2).ts'],
    ['Windows', 'solve/first - Copy.ts'],
    ['Windows, later', 'solve/first - Copy (3).ts'],
    ['macOS', 'solve/first copy.ts'],
    ['macOS, later', 'solve/first copy 2.ts'],
    ['macOS, unpacking', 'solve/first 2.ts'],
    ['an editor that hides endings', 'solve/first.ts.txt'],
    ['capitals', 'Solve/First.TS'],
  ];
  it.each(marked)('are read for what they stand for: %s', async (_, name) => {
    const submission = await ingestEntries({ name, content: 'one' }, { name: 'top.ts', content: 'top' });
    expect(texts(submission)).toEqual(TEXTS);
    expect(submission.notes).toEqual([`${name} was taken for solve/first.ts`]);
    expect(submission.refused).toEqual([]);
  });

  it('are read so in a folder around everything, with no exact name at all', async () => {
    const submission = await ingestEntries({ name: 'hw (1)/top (1).ts', content: 'top' });
    expect(texts(submission)).toEqual({ 'top.ts': 'top' });
  });

  it('give way to the exact one, with a word about it', async () => {
    const submission = await ingestEntries(
      { name: 'top (1).ts', content: 'copy' },
      { name: 'top.ts', content: 'top' },
    );
    expect(texts(submission)).toEqual({ 'top.ts': 'top' });
    expect(reasonFor(submission, 'top (1).ts')).toBe('`top.ts` is there, too, and that is the one to submit');
  });

  it('are refused where two claim to be the same', async () => {
    const submission = await ingestEntries(
      { name: 'top (1).ts', content: 'copy' },
      { name: 'top (2).ts', content: 'copy' },
      { name: 'solve/first.ts', content: 'one' },
    );
    expect(texts(submission)).toEqual({ 'solve/first.ts': 'one' });
    expect(reasonFor(submission, 'top (1).ts')).toBe(
      '`top (2).ts` may be meant for `top.ts` as well; give that name to the one that counts',
    );
    expect(submission.refusedCount).toBe(2);
  });

  it('do not make up for a link under the exact name', async () => {
    const submission = await ingestEntries(
      { name: 'top (1).ts', content: '/etc/passwd', mode: 0o120777 },
      { name: 'solve/first.ts', content: 'one' },
    );
    expect(texts(submission)).toEqual({ 'solve/first.ts': 'one' });
    expect(reasonFor(submission, 'top (1).ts')).toContain('it is a link');
  });

  it('are named with what to do where they cannot be kept', async () => {
    const submission = await ingestEntries(
      { name: 'top.ts' },
      { name: 'pictures/a.png ' },
      { name: 'pictures/a?.png' },
    );
    expect(submission.refused.map(({ why }) => why)).toEqual([
      'its name is not valid on every system: it ends in a dot or a blank; rename it',
      'its name is not valid on every system: it holds one of < > : " | ? * \\; rename it',
    ]);
  });

  it('come as bytes that are no text in a folder, which is named and not entered', async () => {
    const path = writeTree(scratch(), { 'top.ts': 'top' });
    const odd = Buffer.concat([Buffer.from(`${path}/`), Buffer.from('89db', 'hex')]);
    mkdirSync(odd);
    writeFileSync(Buffer.concat([odd, Buffer.from('/top.ts')]), 'x');
    const submission = await ingest({ path, allow: ALLOW });
    expect(texts(submission)).toEqual({ 'top.ts': 'top' });
    expect(submission.refused[0].why).toBe('its name holds invalid characters; rename it');
  });
});

describe('a zip in the zip', () => {
  const inner = buildZip(SOLUTION);

  it('is opened where nothing else is to submit', async () => {
    const submission = await ingestEntries(
      { name: 'hw/a3.zip', content: inner },
      { name: 'hw/notes.txt' },
      { name: '__MACOSX/hw/._a3.zip' },
    );
    expect(texts(submission)).toEqual(TEXTS);
    expect(submission.notes).toEqual(['What is graded lies in another zip inside, hw/a3.zip']);
    expect(submission.refused.map(({ path }) => path)).toEqual(['hw/notes.txt']);
    expect(submission.ignored).toEqual([{ name: '__MACOSX', count: 1 }]);
  });

  it('is opened in a folder, where the host has unpacked the outer one', async () => {
    const path = writeTree(scratch(), { 'a3.ZIP': buildZip(under('hw/', SOLUTION)) });
    expect(texts(await ingest({ path, allow: ALLOW }))).toEqual(TEXTS);
  });

  it('stays closed beside files to submit', async () => {
    const submission = await ingestEntries(
      { name: 'top.ts', content: 'new' },
      { name: 'a3.zip', content: inner },
    );
    expect(texts(submission)).toEqual({ 'top.ts': 'new' });
    expect(reasonFor(submission, 'a3.zip')).toContain('it is an archive, and was not opened');
  });

  it('has the defences of any other', async () => {
    const slips = buildZip([
      { name: '../top.ts', content: 'out' },
      { name: 'solve/first.ts', content: '/etc/passwd', mode: 0o120777 },
      { name: 'pictures/a.png', content: 'a' },
      { name: 'pictures/A.png', content: 'A' },
    ]);
    const submission = await ingestEntries({ name: 'a3.zip', content: slips });
    expect(submission.files.size).toBe(0);
    expect(submission.refusedCount).toBe(4);
  });

  const zeros = deflateRawSync(new Uint8Array(20 * 1024 * 1024));
  const bomb = buildZip([{ name: 'top.ts', packed: zeros, claim: { size: 10 } }]);
  const refused: [string, readonly ZipEntrySpec[], RegExp, Partial<IngestLimits>?][] = [
    [
      'two zips',
      [
        { name: 'a.zip', content: inner },
        { name: 'b.zip', content: inner },
      ],
      /several zips inside \(a\.zip, b\.zip\); submit one of them/,
    ],
    [
      'one that holds a zip again',
      [{ name: 'a.zip', content: buildZip([{ name: 'b.zip', content: inner }]) }],
      /a\.zip, holds a zip again; submit the innermost one alone/,
    ],
    ['a bomb', [{ name: 'a.zip', content: bomb }], /200 times/],
    ['what is no zip', [{ name: 'a.zip', content: 'text' }], /The zip inside, a\.zip, is not a zip\./],
    [
      'a RAR archive under its name',
      [{ name: 'a.zip', content: Buffer.from('526172211a0700', 'hex') }],
      /The zip inside, a\.zip, is not a zip\. It is a RAR archive\./,
    ],
    ['a damaged one', [{ name: 'a.zip', content: inner.subarray(0, -5) }], /cannot be read: it is damaged/],
    [
      'one larger than a file may be',
      [{ name: 'a.zip', content: inner }],
      /another zip inside, a\.zip, and it cannot be opened: it is larger than 100 bytes/,
      { maxFileBytes: 100 },
    ],
    [
      'more entries than will be looked at, both counted together',
      [{ name: 'a.zip', content: inner }, { name: 'x' }, { name: 'y' }],
      /more than 1 files/,
      { maxEntries: 4 },
    ],
  ];
  it.each(refused)('is refused: %s', async (_, entries, message, limits) => {
    const attempt = ingestBytes(buildZip(entries), limits);
    await expect(attempt).rejects.toThrow(SubmissionError);
    await expect(attempt).rejects.toThrow(message);
  });
});

describe('bytes around a zip', () => {
  const zip = buildZip(SOLUTION);
  const joined = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
    new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));

  const around: [string, Uint8Array, string][] = [
    ['zeros after its end', joined(zip, new Uint8Array(4096)), '4 KB after its end'],
    ['the rest of a web page', joined(zip, '</body></html>'), '14 bytes after its end'],
    ['half a mebibyte', joined(zip, Buffer.alloc(2 ** 19, 'x')), '512 KB after its end'],
    ['line breaks before its start', joined('\r\n\r\n', zip), '4 bytes before its start'],
    ['a program that unpacks it', joined('MZ', Buffer.alloc(9998), zip), '9.8 KB before its start'],
    ['both', joined('MZ', zip, '\n'), '2 bytes before its start and the 1 byte after its end'],
    ['another zip before it', joined(buildZip([{ name: 'x' }]), zip), '102 bytes before its start'],
    ['after the end of a zip64', joined(buildZip(SOLUTION, { zip64: true }), 'x'), '1 byte after its end'],
  ];
  it.each(around)('are left out: %s', async (_, bytes, what) => {
    const submission = await ingestBytes(bytes);
    expect(texts(submission)).toEqual(TEXTS);
    expect(submission.notes).toEqual([`The zip was read without the ${what}`]);
  });

  it('are searched in no time, be they all end marks', async () => {
    const start = performance.now();
    await expect(ingestBytes(Buffer.from('504b0506'.repeat(2 ** 18), 'hex'))).rejects.toThrow('cut off');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('do not make a zip of one that was cut off at its start or its end', async () => {
    await expect(ingestBytes(zip.subarray(10))).rejects.toThrow('not a zip');
    await expect(ingestBytes(zip.subarray(0, -1))).rejects.toThrow('cut off');
  });
});

describe('less common kinds of zip', () => {
  it('are read: zip64, and sizes behind the content as when a stream is packed', async () => {
    expect(texts(await ingestBytes(buildZip(SOLUTION, { zip64: true })))).toEqual(TEXTS);
    const streamed = SOLUTION.map((entry) => ({ ...entry, sizes: 'behind' as const }));
    expect(texts(await ingestEntries(...streamed))).toEqual(TEXTS);
  });

  const methods: [ZipEntrySpec['method'], string][] = [
    ['deflate64', 'Deflate64'],
    ['bzip2', 'bzip2'],
    ['lzma', 'LZMA'],
    ['zstandard', 'Zstandard'],
    ['xz', 'xz'],
    ['unknown', 'a method that few programs know'],
  ];
  it.each(methods)('are named where they cannot be read: %s', async (method, name) => {
    const submission = await ingestEntries({ name: 'top.ts', content: 'x', method: method! });
    expect(reasonFor(submission, 'top.ts')).toBe(
      `it is packed with ${name} instead of Deflate; pack with \`npm run collect\` or the file manager`,
    );
  });

  it('are refused where they are encrypted with AES', async () => {
    await expect(ingestEntries({ name: 'top.ts', content: 'x', method: 'aes' })).rejects.toThrow('password');
  });

  it('are refused where they are one part of several', async () => {
    const part = Buffer.from(buildZip(SOLUTION));
    part.writeUInt16LE(1, part.length - 22 + 4);
    await expect(ingestBytes(part)).rejects.toThrow('it is one part of several. Make it again');
  });
});

describe('what is no zip, under the name of one', () => {
  const tar = Buffer.alloc(512);
  tar.write('ustar', 257);
  const kinds: [string, Uint8Array][] = [
    ['a RAR archive', Buffer.from('526172211a070100', 'hex')],
    ['a 7-Zip archive', Buffer.from('377abcaf271c0004', 'hex')],
    ['a gzip file, such as a .tar.gz', gzipSync('text')],
    ['a tar archive', tar],
    ['a PDF', Buffer.from('%PDF-1.7')],
    ['an old Word, Excel or PowerPoint document', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['a JPEG picture', Buffer.from('ffd8ffe0', 'hex')],
  ];
  it.each(kinds)('is named: %s', async (kind, bytes) => {
    await expect(ingestBytes(bytes)).rejects.toThrow(
      new SubmissionError(
        `The uploaded file is not a zip. It is ${kind}. Make one with \`npm run collect\`.`,
      ),
    );
  });

  const documents: [string, string][] = [
    ['a Word document', 'word/document.xml'],
    ['an Excel document', 'xl/workbook.xml'],
    ['a PowerPoint document', 'ppt/presentation.xml'],
    ['an OpenDocument file', 'META-INF/manifest.xml'],
    ['a Pages, Numbers or Keynote document', 'Index/Document.iwa'],
  ];
  it.each(documents)('is named, be it a zip inside: %s', async (kind, name) => {
    await expect(ingestEntries({ name: '[Content_Types].xml' }, { name })).rejects.toThrow(
      new SubmissionError(
        `The uploaded file is no zip of your files: it is ${kind}. Make one with \`npm run collect\`.`,
      ),
    );
  });

  it.each(['hw.rar', 'hw.7z', 'hw.tar.gz'])('is named inside a folder: %s', async (name) => {
    const path = writeTree(scratch(), { [name]: 'x' });
    const submission = await ingest({ path, allow: ALLOW });
    expect(reasonFor(submission, name)).toContain('it is an archive, and was not opened');
  });
});

it.skipIf(process.platform === 'win32')('a folder that may not be read is named', async () => {
  const path = writeTree(scratch(), { 'top.ts': 'top', 'closed/x.ts': 'x' });
  chmodSync(path, 0o755);
  chmodSync(join(path, 'closed'), 0);
  const user = process.geteuid!();
  // Nothing is closed to root.
  if (user === 0) process.seteuid!(65534);
  try {
    expect(reasonFor(await ingest({ path, allow: ALLOW }), 'closed')).toBe('the folder may not be read');
  } finally {
    if (user === 0) process.seteuid!(0);
    chmodSync(join(path, 'closed'), 0o700);
  }
});
