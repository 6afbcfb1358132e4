import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { execaSync } from 'execa';
import { ROOT } from '../../repository.ts';
import { unfinishedBeside } from '../../scripts/course/unfinished.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unfinished-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('what is half made lies beside its place, hidden, and goes', () => {
  const target = join(folder, 'course');
  const unfinished = unfinishedBeside(target);
  expect(existsSync(unfinished.directory)).toBe(true);
  expect(readdirSync(folder)).toEqual([`.course-unfinished-${process.pid}`]);
  unfinished.remove();
  expect(readdirSync(folder)).toEqual([]);
});

it('what a process left that was killed goes with the next one; that of a living one and of others stays', () => {
  const { stdout } = execaSync(process.execPath, ['-p', 'process.pid']);
  for (const name of [`.course-unfinished-${stdout}`, `.course-unfinished-${process.ppid}`, '.course-else']) {
    mkdirSync(join(folder, name));
  }
  unfinishedBeside(join(folder, 'course')).remove();
  expect(readdirSync(folder).toSorted()).toEqual(
    ['.course-else', `.course-unfinished-${process.ppid}`].toSorted(),
  );
});

it('what a killed process left that had the id of this one goes, too', () => {
  mkdirSync(join(folder, `.course-unfinished-${process.pid}`, 'given'), { recursive: true });
  const unfinished = unfinishedBeside(join(folder, 'course'));
  expect(readdirSync(unfinished.directory)).toEqual([]);
  unfinished.remove();
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'nothing stays of a process that %s ends',
  async (signal) => {
    const module = pathToFileURL(join(ROOT, 'scripts', 'course', 'unfinished.ts')).href;
    const program = `import { unfinishedBeside } from ${JSON.stringify(module)};
unfinishedBeside(${JSON.stringify(join(folder, 'course'))});
console.log('made');
setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: ROOT,
    });
    await once(child.stdout, 'data');
    const half = readdirSync(folder);
    child.kill(signal);
    await once(child, 'close');
    expect(half).toEqual([`.course-unfinished-${child.pid}`]);
    expect(readdirSync(folder)).toEqual([]);
  },
);
