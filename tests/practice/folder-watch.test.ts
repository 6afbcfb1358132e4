import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { watchFolder } from '../../grader/practice/folder-watch.ts';

it('tells once of what a save does, however an editor writes, and nothing of other files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-watch-'));
  mkdirSync(join(folder, 'visualizers'));
  const onChange = vi.fn();
  const stop = watchFolder({ folder, allow: ['visualizers/a.ts', 'pictures/*.png', 'quiz.md'], onChange });
  writeFileSync(join(folder, 'visualizers', 'other.ts'), '');
  writeFileSync(join(folder, 'notes.txt'), '');
  await sleep(300);
  expect(onChange).not.toHaveBeenCalled();
  writeFileSync(join(folder, 'visualizers', 'a.ts.tmp'), 'text');
  renameSync(join(folder, 'visualizers', 'a.ts.tmp'), join(folder, 'visualizers', 'a.ts'));
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), 5000);
  writeFileSync(join(folder, 'quiz.md'), 'one');
  writeFileSync(join(folder, 'quiz.md'), 'two');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2), 5000);
  stop();
  writeFileSync(join(folder, 'quiz.md'), 'three');
  await sleep(300);
  expect(onChange).toHaveBeenCalledTimes(2);
  rmSync(folder, { recursive: true });
});
