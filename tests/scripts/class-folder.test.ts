import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../grader/format/errors.ts';
import { refuseSavedAmongSubmissions } from '../../scripts/explain/class-folder.ts';
import { subjectAt } from '../../scripts/explain/subject-at.ts';
import { writeFiles } from '../authoring/template/small-assignment.ts';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, readdirSync: vi.fn(fs.readdirSync) };
});

/** What students submit. */
const assignment = {
  parts: [
    {
      solutionFiles: [{ path: 'parts/loss.ts', functions: [] }],
      documents: new Map([['quiz.md', undefined]]),
    },
  ],
};
const saving =
  (submission: string, save: string): (() => void) =>
  () =>
    refuseSavedAmongSubmissions({ submission: join(home, submission), save: join(home, save), assignment });

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'introspection-class-folder-'));
  writeFiles(home, {
    'export/submission_metadata.yml': 'submission_2:\n  :submitters: []\n',
    'export/submission_2/quiz.md': '',
    'export/submission_3/quiz.md': '',
    'zips/ben.zip': '',
    'zips/ana.zip': '',
    'zips/.DS_Store': '',
    'folders/ana/quiz.md': '',
    'folders/ben/quiz.md': '',
    'downloads/ana.zip': '',
    'downloads/notes.txt': '',
    'one/ana.zip': '',
    'submitted/old/quiz.md': '',
    'submitted/new/quiz.md': '',
    'mixed/ben/parts/loss.ts': '',
    'mixed/cleo/cleo-work/quiz.md': '',
    'mixed/README.txt': '',
    'desk/ana.zip': '',
    'desk/letters/one.txt': '',
    'desk/course/student-template/quiz.md': '',
    'desk/course/notes.txt': '',
    'desk/again/student-template/quiz.md': '',
    'desk/again/notes.txt': '',
    'desk/cases/1/submission.zip': '',
    'desk/cases/1/template/quiz.md': '',
    'desk/cases/2/submission.zip': '',
    'desk/cases/2/template/quiz.md': '',
    'thumbs/ana.zip': '',
    'thumbs/ben.zip': '',
    'thumbs/Thumbs.db': '',
  });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the submissions of a class', () => {
  it.each([
    ['an export', 'export', 'submission_2'],
    ['a folder of zips', 'zips', 'ana.zip'],
    ['zips that Windows has looked at', 'thumbs', 'ana.zip'],
  ])('are not taken for one: %s', (_, name, first) => {
    const path = join(home, name);
    const message = `${path} holds the submissions of a class: name one of them, such as ${join(path, first)}`;
    expect(() => subjectAt(path)).toThrow(new UsageError(message));
    expect(subjectAt(join(path, first))).toEqual({ submission: join(path, first) });
  });

  it.each(['submitted', 'one'])('may be what one student submitted: %s', (name) => {
    expect(subjectAt(join(home, name))).toEqual({ submission: join(home, name) });
  });

  it.each([
    ['export/submission_2', 'export/case', 'case'],
    ['export/submission_2', 'export/submission_3/deep/case', 'case'],
    ['downloads/ana.zip', 'export/case', 'case'],
    ['zips/ana.zip', 'zips/case', 'case'],
    ['zips/ana.zip', 'zips/new/case', 'case'],
    ['thumbs/ana.zip', 'thumbs/case', 'case'],
    ['folders/ana', 'folders/case', 'case'],
    ['folders/ana', 'folders/ben/case', 'case'],
    ['downloads/ana.zip', 'folders/case', 'case'],
    ['downloads/ana.zip', 'mixed/case', 'case'],
  ])('of %s get no saved case among them: %s', (submission, save, name) => {
    const refused = saving(submission, save);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(/lies among the submissions in .*, where the next batch would take it for/);
    expect(refused).toThrow(`name a folder outside, such as ${join(home, name)}`);
  });

  it('get none in one of them, either', () => {
    mkdirSync(join(home, 'alone'));
    writeFiles(home, { 'alone/ana/quiz.md': '' });
    expect(saving('alone/ana', 'alone/ana/case')).toThrow(
      `lies in the submission itself: name a folder outside, such as ${join(home, 'alone/case')}`,
    );
  });

  it.each([
    ['export/submission_2', 'export-case'],
    ['downloads/ana.zip', 'downloads/case'],
    ['one/ana.zip', 'one/case'],
    ['zips/ana.zip', 'cases/1'],
    ['zips/ana.zip', 'zips/.case'],
    ['desk/ana.zip', 'desk/case'],
    ['desk/ana.zip', 'desk/letters/deep/case'],
    ['desk/ana.zip', 'desk/course/case'],
    ['desk/ana.zip', 'desk/cases/3'],
  ])('of %s may have one in %s', (submission, save) => {
    expect(saving(submission, save)).not.toThrow();
  });
});

describe('folders around a saved case', () => {
  afterEach(() => vi.mocked(readdirSync).mockReset());

  it.each(['EACCES', 'EPERM'])('that may not be listed are of no class: %s', (code) => {
    vi.mocked(readdirSync).mockImplementation((path) => {
      throw Object.assign(new Error(`${code}: scandir '${String(path)}'`), { code, syscall: 'scandir' });
    });
    expect(saving('desk/ana.zip', 'desk/letters/case')).not.toThrow();
    expect(saving('desk/ana.zip', 'desk/case')).not.toThrow();
  });

  it('that are files are said in a sentence', () => {
    const file = join(home, 'desk/letters/one.txt');
    writeFileSync(file, '');
    expect(saving('desk/ana.zip', 'desk/letters/one.txt/case')).toThrow(
      new UsageError(`${file} is a file, and must be a folder`),
    );
  });
});
