import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { MiB } from '../../grader/format/units.ts';
import { FIXTURES } from '../../repository.ts';
import { hasPictures, toHtml } from '../../grader/report/html.ts';
import { reportOfResults } from '../../scripts/explain/report-of-results.ts';
import { subjectAt } from '../../scripts/explain/subject-at.ts';
import { checkResult, sampleReport } from '../gradescope/sample-report.ts';
import { picture } from '../report/evidence.ts';

let home: string;
beforeAll(() => (home = mkdtempSync(join(tmpdir(), 'introspection-explained-results-'))));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const assignment = loadAssignment([join(FIXTURES, 'public')]);

function folderWith(name: string, ...files: readonly string[]): string {
  const folder = join(home, name);
  mkdirSync(folder);
  for (const file of files) writeFileSync(join(folder, file), '');
  return folder;
}

it('takes the folder of one submission in a batch’s for its results', () => {
  const graded = folderWith('graded', 'report.html', 'report.json', 'results.json');
  expect(subjectAt(graded)).toEqual({ results: join(graded, 'results.json') });
  expect(subjectAt(join(graded, 'results.json'))).toEqual({ results: join(graded, 'results.json') });
  // A student may have left one behind.
  const submitted = folderWith('submitted', 'quiz.md', 'results.json');
  expect(subjectAt(submitted)).toEqual({ submission: submitted });
});

it('says that nothing is there before it says anything else', () => {
  const missing = () => subjectAt(join(home, 'nowhere'));
  expect(missing).toThrow(/^there is no file or folder at .*nowhere$/);
  expect(missing).toThrow(UsageError);
});

it('asks for one of a batch’s submissions where the batch is named', () => {
  const batch = folderWith('class-1', 'batch.json');
  const own = join(batch, 'submissions', 'ana');
  mkdirSync(own, { recursive: true });
  for (const name of ['results.json', 'report.html']) writeFileSync(join(own, name), '');
  for (const path of [batch, join(batch, 'submissions')]) {
    expect(() => subjectAt(path)).toThrow(
      new UsageError(`${path} is the folder of a batch: name one of its submissions, such as ${own}`),
    );
  }
  expect(subjectAt(own)).toEqual({ results: join(own, 'results.json') });
  const ungraded = join(batch, 'submissions', 'ben');
  mkdirSync(ungraded);
  expect(() => subjectAt(ungraded)).toThrow(`${ungraded} holds no results: the batch has not graded it`);
  // Not every folder of that name is a batch’s.
  const others = join(folderWith('class'), 'submissions');
  mkdirSync(others);
  expect(subjectAt(others)).toEqual({ submission: others });
});

it('takes no file for a submission that neither is a zip nor is called one', () => {
  const fileWith = (name: string, content: string): string => {
    const path = join(home, name);
    writeFileSync(path, content);
    return path;
  };
  for (const name of ['grades.csv', 'results.jsonl', 'empty']) {
    const path = fileWith(name, name === 'empty' ? '' : 'Name,SID');
    expect(() => subjectAt(path)).toThrow(UsageError);
    expect(() => subjectAt(path)).toThrow(`${path} is no submission: name a zip or folder`);
  }
  for (const path of [fileWith('submission', 'PK\u0003\u0004'), fileWith('broken.zip', 'no zip')]) {
    expect(subjectAt(path)).toEqual({ submission: path });
  }
});

it('knows how long a part took and how much memory, as its results tell the staff', () => {
  const { id: part, title } = assignment.parts[0];
  const checks = assignment.parts[0].checks.map(({ check }) => checkResult({ id: check.id, part }));
  const [one] = sampleReport(checks).parts;
  const report = sampleReport(checks, {
    assignment: { id: assignment.id, title: assignment.title },
    parts: [{ ...one, id: part, title }],
  });
  const path = join(home, 'memory.json');
  writeFileSync(path, JSON.stringify(toGradescope(report)));
  expect(reportOfResults(path, assignment).parts[0]).toMatchObject({ seconds: 0.1, peakBytes: 178 * MiB });
});

/** Where results lie in which each part of the assignment earned 2 points for each of its checks. */
function resultsOfAll(name: string, change: Parameters<typeof sampleReport>[1] = {}): string {
  const parts = assignment.parts.map(({ id: part, title, checks }) => {
    const [one] = sampleReport(checks.map(({ check }) => checkResult({ id: check.id, part }))).parts;
    return { ...one, id: part, title };
  });
  const path = join(home, name);
  const score = parts.reduce((sum, { earned }) => sum + earned, 0);
  const { id, title } = assignment;
  writeFileSync(
    path,
    JSON.stringify(toGradescope(sampleReport([], { assignment: { id, title }, parts, score, ...change }))),
  );
  return path;
}

it('adds up points and time of those parts alone that are asked for', () => {
  const [one, two] = assignment.parts;
  const all = assignment.parts.reduce((sum, { checks }) => sum + 2 * checks.length, 0);
  const path = resultsOfAll('parts.json');
  expect(reportOfResults(path, assignment).score).toBe(all);
  expect(reportOfResults(path, { ...assignment, parts: [one] }).score).toBe(2 * one.checks.length);
  const both = reportOfResults(path, { ...assignment, parts: [one, two] });
  expect(both.seconds).toBeCloseTo(0.2, 6);
  expect(both.score).toBe(2 * (one.checks.length + two.checks.length));
  // Points were taken off the whole, by which part is not kept.
  expect(reportOfResults(resultsOfAll('less.json', { score: 3 }), assignment).score).toBe(3);
  const rejected = resultsOfAll('rejected.json', { score: 0 });
  expect(reportOfResults(rejected, { ...assignment, parts: [one] }).score).toBe(0);
});

it('calls a submission by its name in the report beside, or else by its SHA-256', () => {
  const folder = folderWith('named', 'report.html');
  const submission = { name: 'ana.zip', sha256: '3f2a91c4d5e6', files: 3, untouched: false };
  const path = resultsOfAll('named/results.json', { submission });
  const facts = (): string => {
    const html = toHtml(reportOfResults(path, assignment));
    return html.slice(html.indexOf('Submission ')).slice(0, 90);
  };
  expect(facts()).toMatch(/^Submission with the SHA-256 3f2a91c4…\W(?!.*\d files?)/s);
  const nameless = resultsOfAll('nameless.json', { submission: { ...submission, sha256: '' } });
  expect(toHtml(reportOfResults(nameless, assignment))).toContain('Submission of unknown name');
  const beside = (of: object): void => writeFileSync(join(folder, 'report.json'), JSON.stringify(of));
  beside({ submission });
  expect(facts()).toMatch(/^Submission ana\.zip\W.*3 files/s);
  for (const other of [{ submission: { ...submission, sha256: 'another' } }, { submission: 'ana.zip' }, {}]) {
    beside(other);
    expect(facts()).not.toContain('ana.zip');
  }
});

it('does not say that a page has pictures where only results were kept', () => {
  const check = checkResult({ outcome: 'failed', half: 'private', staffOnly: { message: [] } });
  const pictures = { expected: picture(1), received: picture(1) };
  const kept = sampleReport([check]);
  const graded = sampleReport([{ ...check, staffOnly: { message: [], pictures } }]);
  expect(hasPictures(kept, { audience: 'staff' })).toBe(false);
  expect(hasPictures(graded, { audience: 'staff' })).toBe(true);
  expect(hasPictures(graded, { audience: 'students' })).toBe(false);
  const explanation = { parts: new Map(), checks: new Map([['one/other', []]]), isByName: true };
  expect(hasPictures(graded, { audience: 'staff', explanation })).toBe(false);
});

it('tells why results are those of a refused submission without the Markdown in them', () => {
  const refusal =
    'The zip holds a*b_c.ts & “1 < 2”; make one with `npm run collect`. See https://a.example, me@b.example.';
  const report = sampleReport([], {
    state: 'refused',
    refusal,
    assignment: { id: assignment.id, title: assignment.title },
    notices: [{ severity: 'warning', text: 'a notice' }],
  });
  const path = join(home, 'refused.json');
  writeFileSync(path, JSON.stringify(toGradescope(report)));
  expect(reportOfResults(path, assignment).refusal).toBe(refusal);
});

it('says in a sentence what a JSON is expected to be that is no results', () => {
  const folder = folderWith('others');
  const path = join(folder, 'some-other.json');
  const expected = `${path} is no results of this grader: name a results.json of Gradescope, of a batch or of npm run grade`;
  for (const content of ['{}', '[1]', 'null', '{"tests":', '{"tests":[],"extra_data":{"assignment":3}}']) {
    writeFileSync(path, content);
    expect(() => reportOfResults(path, assignment), content).toThrow(new UsageError(expected));
  }
  const beside = join(folder, 'results.json');
  writeFileSync(beside, '{}');
  expect(() => reportOfResults(path, assignment)).toThrow(new UsageError(`${expected}, such as ${beside}`));
  expect(() => reportOfResults(beside, assignment)).toThrow(/or of npm run grade$/);
});
