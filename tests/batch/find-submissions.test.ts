import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSubmission } from '../../batch/sources/content-hash.ts';
import { findSubmissions, matching } from '../../batch/sources/find-submissions.ts';
import { sha256 } from '../../grader/format/sha256.ts';

let source: string;
beforeEach(() => (source = mkdtempSync(join(tmpdir(), 'introspection-class-'))));
afterEach(() => rmSync(source, { recursive: true, force: true }));

const METADATA = `---
submission_11:
  :submitters:
  - :name: Ada Park
    :sid: 0123
    :email: ada@university.example
  - :name: "=cmd()"
    :sid: '77'
    :email:
  :created_at: 2026-04-20 11:05:30.123000000 Z
  :score: 12.5
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: []
submission_12:
  :submitters: []
`;

describe('the submissions in a folder', () => {
  it('are those of Gradescope’s export, with who and when', () => {
    writeFileSync(join(source, 'submission_metadata.yml'), METADATA);
    for (const id of ['submission_11', 'submission_12', 'submission_13', '.cache', '__MACOSX']) {
      mkdirSync(join(source, id));
    }
    expect(findSubmissions(source)).toEqual([
      {
        id: 'submission_11',
        path: join(source, 'submission_11'),
        people: [
          { name: 'Ada Park', sid: '0123', email: 'ada@university.example' },
          { name: '=cmd()', sid: '77', email: '' },
        ],
        at: '2026-04-20T11:05:30.123Z',
      },
      // Nobody is named for the one, and the other is not mentioned.
      ...['submission_12', 'submission_13'].map((id) => ({
        ...{ id, path: join(source, id), people: [], unnamed: true },
      })),
    ]);
    rmSync(join(source, 'submission_metadata.yml'));
    // Where nobody is named, nobody is missing.
    expect(findSubmissions(source).some(({ unnamed }) => unnamed)).toBe(false);
  });

  it('are known by their names where a folder was replaced by a zip of it', () => {
    writeFileSync(join(source, 'submission_metadata.yml'), METADATA);
    for (const name of ['submission_11.zip', 'submission_12.zip']) writeFileSync(join(source, name), 'zip');
    const notes: string[] = [];
    const [ada, nobody] = findSubmissions(source, (note) => notes.push(note));
    expect(ada).toMatchObject({ id: 'submission_11', at: '2026-04-20T11:05:30.123Z' });
    expect(ada.people.map(({ name }) => name)).toEqual(['Ada Park', '=cmd()']);
    expect(ada.unnamed).toBeUndefined();
    expect(nobody.unnamed).toBe(true);
    expect(notes).toEqual([]);
    // The folder itself comes first.
    mkdirSync(join(source, 'submission_11'));
    const people = findSubmissions(source).map(({ path, people: { length } }) => [path.slice(-4), length]);
    expect(people).toEqual([
      ['n_11', 2],
      ['.zip', 0],
      ['.zip', 0],
    ]);
  });

  it('are zips and folders, called so that a folder can be called the same', () => {
    mkdirSync(join(source, 'bo'));
    writeFileSync(join(source, 'Ana Ünal (1).zip'), 'zip');
    writeFileSync(join(source, 'grades.xlsx'), '');
    expect(findSubmissions(source).map(({ id }) => id)).toEqual(['Ana_Ünal_1_', 'bo']);
    expect(matching(findSubmissions(source), 'b*').map(({ id }) => id)).toEqual(['bo']);
  });

  it('keep the letters of any script in their ids, however these are written', () => {
    const names = ['submission_Jürg Müller', 'कविता', '陳大文', 'Ωμέγα-٣', 'a:b\u202e'];
    for (const name of names) mkdirSync(join(source, name.normalize('NFD')));
    expect(findSubmissions(source).map(({ id }) => id)).toEqual(
      ['submission_Jürg_Müller', 'कविता', '陳大文', 'Ωμέγα-٣', 'a_b_']
        .map((id) => id.normalize('NFC'))
        .sort(),
    );
    for (const glob of ['*Jürg*', '*Jürg*'.normalize('NFD')])
      expect(matching(findSubmissions(source), glob)).toHaveLength(1);
    writeFileSync(join(source, 'Ωμέγα-٣.zip'.normalize('NFC')), 'zip');
    const ids = findSubmissions(source).map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
  });

  it('are told apart where their names would be one, and what is passed over is said', () => {
    for (const name of ['ben', '__proto__', 'elsewhere']) mkdirSync(join(source, name));
    for (const name of ['ben.zip', 'Ben.zip', 'cleo.rar', 'notes.txt', 'Thumbs.db', '.hidden'])
      writeFileSync(join(source, name), 'zip');
    writeFileSync(join(source, 'submission_metadata.yml'), METADATA);
    symlinkSync(join(source, 'elsewhere'), join(source, 'linked'));
    const notes: string[] = [];
    const found = findSubmissions(source, (note) => notes.push(note));
    expect(found.map(({ path }) => path.slice(source.length + 1)).sort()).toEqual([
      'Ben.zip',
      '__proto__',
      'ben',
      'ben.zip',
      'elsewhere',
    ]);
    const ids = found.map(({ id }) => id.toLowerCase());
    expect(new Set(ids).size).toBe(5);
    expect(ids).not.toContain('__proto__');
    expect(found.find(({ path }) => path.endsWith('Ben.zip'))?.id).toBe('Ben');
    // The same whatever else lies there.
    rmSync(join(source, 'elsewhere'), { recursive: true });
    expect(findSubmissions(source).map(({ id }) => id)).toEqual(
      found.map(({ id }) => id).filter((id) => id !== 'elsewhere'),
    );
    expect(notes.filter((note) => note.startsWith('linked is a link'))).toHaveLength(1);
    for (const name of ['cleo.rar', 'notes.txt']) {
      expect(notes).toContain(`${name} is no zip and no folder: passed over`);
    }
    expect(notes.filter((note) => note.includes('have one name'))).toHaveLength(2);
    expect(notes).toContain(
      'submission_metadata.yml lists submission_11 (Ada Park, =cmd()), submission_12, of which there is no folder or zip here: no row in the grades',
    );
    expect(notes).toHaveLength(6);
  });

  it('are missed where an export lists them, the first few by name', () => {
    const listed = Array.from({ length: 8 }, (_, i) => `submission_${i}:\n  :submitters: []\n`);
    writeFileSync(join(source, 'submission_metadata.yml'), listed.join(''));
    mkdirSync(join(source, 'submission_2'));
    const notes: string[] = [];
    findSubmissions(source, (note) => notes.push(note));
    expect(notes).toEqual([expect.stringContaining('submission_0, submission_1, submission_3') as string]);
    expect(notes[0]).toContain('submission_5 and 2 more, of which there is no folder or zip here');
  });

  it('are told apart where a name is what another one would be called', () => {
    const marked = (name: string): string => `ben-${sha256(Buffer.from(name)).slice(0, 8)}`;
    const [first, second] = [marked('ben.zip'), marked(sha256(Buffer.from('ben.zip')))];
    for (const name of ['ben', first, second.toUpperCase()]) mkdirSync(join(source, name));
    writeFileSync(join(source, 'ben.zip'), 'zip');
    const notes: string[] = [];
    const ids = findSubmissions(source, (note) => notes.push(note)).map(({ id }) => id);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(4);
    expect(ids).toEqual(expect.arrayContaining(['ben', first, second.toUpperCase()]));
    expect(notes).toHaveLength(1);
  });

  it('are refused with one sentence where there are none', () => {
    expect(() => findSubmissions(source)).toThrow(
      "holds no zip and no folder: name the folder that Gradescope's export was unzipped into",
    );
    mkdirSync(join(source, 'bo'));
    expect(() => matching(findSubmissions(source), 'x*')).toThrow(
      "no submission's name matches x*; there are bo",
    );
    writeFileSync(join(source, 'Bo.zip'), '');
    writeFileSync(join(source, 'submission_metadata.yml'), 'a: [');
    expect(() => findSubmissions(source)).toThrow(
      /is not what Gradescope exports: .*[^:]; export again, or take it out of the folder to grade without names$/,
    );
    const doubled = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    writeFileSync(join(source, 'submission_metadata.yml'), ['a0: &a0 [x, x]', ...doubled].join('\n'));
    expect(() => findSubmissions(source)).toThrow('is not what Gradescope exports: it refers to itself');
    expect(() => findSubmissions(join(source, 'Bo.zip'))).toThrow('unzip it');
  });
});

describe('the hash of a submission', () => {
  it('changes with names and contents, and follows no link', async () => {
    const folder = join(source, 'one');
    mkdirSync(folder);
    const seen = new Set<string>();
    const note = async (): Promise<void> => void seen.add(await hashSubmission(folder));
    await note();
    writeFileSync(join(folder, 'a.ts'), 'x');
    await note();
    writeFileSync(join(folder, 'a.ts'), 'y');
    await note();
    writeFileSync(join(folder, 'b.ts'), 'x');
    await note();
    symlinkSync('/dev/zero', join(folder, 'zero'));
    await note();
    expect(seen.size).toBe(5);
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules', 'x.js'), '');
    await note();
    expect(seen.size).toBe(5);
  });

  it('is there whatever names the submission holds', async () => {
    const folder = join(source, 'one');
    mkdirSync(folder);
    const hashes = [await hashSubmission(folder)];
    const odd = (name: string): Buffer => Buffer.concat([Buffer.from(`${folder}/${name}`), Buffer.of(0xff)]);
    writeFileSync(odd('file'), '');
    hashes.push(await hashSubmission(folder));
    mkdirSync(odd('folder'));
    hashes.push(await hashSubmission(folder));
    expect(new Set(hashes).size).toBe(3);
  });
});
