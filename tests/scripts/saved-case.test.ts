import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EXAMPLE } from '../../repository.ts';
import { explain } from '../../scripts/explain/explain.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'introspection-case-'))));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it('a saved case has a command without the name that the student chose', { timeout: 120_000 }, async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const submission = join(folder, 'a;touch owned;b.zip');
  copyFileSync(EXAMPLE, submission);
  const save = join(folder, "it's saved");
  await explain(submission, { part: ['tv-loss'], page: join(folder, 'page.html'), save });
  const readme = readFileSync(join(save, 'README.md'), 'utf8');
  expect(readme).toContain('"$CASE/submission.zip" --reveal');
  const line = /^ +(CASE=.*)$/m.exec(readme)![1];
  const { stdout } = execaSync('sh', ['-c', `${line}; printf %s "$CASE/submission.zip"`]);
  expect(stdout).toBe(join(save, 'submission.zip'));
  expect(readme).not.toContain('owned');
  expect(readFileSync(join(save, 'submission.zip'))).toEqual(readFileSync(submission));
});
