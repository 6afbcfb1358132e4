import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../grader/format/errors.ts';
import { refuseSavedAmongSubmissions } from '../../scripts/explain/class-folder.ts';
import { subjectAt } from '../../scripts/explain/subject-at.ts';
import { writeFiles } from '../authoring/template/small-assignment.ts';

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
  });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the submissions of a class', () => {
  it.each([
    ['an export', 'export', 'submission_2'],
    ['a folder of zips', 'zips', 'ana.zip'],
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
    ['folders/ana', 'folders/case', 'case'],
  ])('of %s get no saved case among them: %s', (submission, save, name) => {
    const refused = (): void => refuseSavedAmongSubmissions(join(home, submission), join(home, save));
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(/lies among the submissions in .*, where the next batch would take it for/);
    expect(refused).toThrow(`name a folder outside, such as ${join(home, name)}`);
  });

  it('get none in one of them, either', () => {
    mkdirSync(join(home, 'alone'));
    writeFiles(home, { 'alone/ana/quiz.md': '' });
    const own = join(home, 'alone/ana');
    expect(() => refuseSavedAmongSubmissions(own, join(own, 'case'))).toThrow(
      `lies in the submission itself: name a folder outside, such as ${join(home, 'alone/case')}`,
    );
  });

  it.each([
    ['export/submission_2', 'export-case'],
    ['downloads/ana.zip', 'downloads/case'],
    ['one/ana.zip', 'one/case'],
    ['zips/ana.zip', 'cases/1'],
  ])('of %s may have one in %s', (submission, save) => {
    expect(() => refuseSavedAmongSubmissions(join(home, submission), join(home, save))).not.toThrow();
  });
});
