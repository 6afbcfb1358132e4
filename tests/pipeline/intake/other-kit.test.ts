import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { grade } from '../../../grader/pipeline/grade.ts';
import { gradeOptions, REFERENCE } from '../../corpus/graded.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'introspection-submission-'));
  cpSync(REFERENCE, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// Trouble makes the grader end as if it were at fault, and a class be graded twice.
it('another kit is told to the student, and is no trouble of the grader', { timeout: 60_000 }, async () => {
  writeFileSync(join(folder, 'submission-manifest.json'), '{ "kit": "9.9.9-forged" }');
  const troubles: string[] = [];
  const report = await grade({
    ...gradeOptions(folder),
    parts: ['tv-loss'],
    kit: '0.2.0',
    onTrouble: (message) => void troubles.push(message),
  });
  expect(report.score).toBe(report.points);
  expect(report.notices.map(({ text }) => text).join()).toContain('(9.9.9-forged; the current one is 0.2.0)');
  expect(troubles).toEqual([]);
});
