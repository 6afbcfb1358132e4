import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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

it('folders that were made on the way go with it; one that holds something else stays', () => {
  const target = join(folder, 'a', 'b', 'course');
  unfinishedBeside(target).remove();
  expect(readdirSync(folder)).toEqual([]);
  const unfinished = unfinishedBeside(target);
  mkdirSync(join(folder, 'a', 'else'));
  unfinished.remove();
  expect(readdirSync(join(folder, 'a'))).toEqual(['else']);
});

it('what it became stays with the folders that were made for it', () => {
  const target = join(folder, 'a', 'course');
  const unfinished = unfinishedBeside(target);
  renameSync(unfinished.directory, target);
  unfinished.remove();
  expect(existsSync(target)).toBe(true);
});

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'of a process that %s ends stay one sentence, no folder and none that draws',
  async (signal, code) => {
    const imported = (name: string): string => JSON.stringify(pathToFileURL(join(ROOT, name)).href);
    const program = `import { unfinishedBeside } from ${imported('scripts/course/unfinished.ts')};
import { endWhenInterrupted } from ${imported('scripts/course/interrupted.ts')};
import { startDrawing } from ${imported('scripts/course/drawing.ts')};
import { execa } from ${imported('node_modules/execa/index.js')};
endWhenInterrupted('interrupted');
const { directory } = unfinishedBeside(${JSON.stringify(join(folder, 'a', 'course'))});
const drawing = startDrawing({ given: directory, to: directory, parts: ['saliency-map', 'grad-cam'], onProgress: () => undefined });
// Such a child has a library listen to signals, too.
execa(process.execPath, ['-e', 'setTimeout(() => undefined, 20_000)']).catch(() => undefined);
console.log(drawing.pids.join());
await drawing.finished;`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: 'pipe',
      cwd: ROOT,
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const [pids] = (await once(child.stdout, 'data')) as [Buffer];
    const half = readdirSync(join(folder, 'a'));
    child.kill(signal);
    const [exitCode] = (await once(child, 'close')) as [number];
    expect(half).toEqual([`.course-unfinished-${child.pid}`]);
    expect({ exitCode, said }).toEqual({ exitCode: code, said: 'interrupted\n' });
    expect(readdirSync(folder)).toEqual([]);
    for (const pid of pids.toString().split(',')) {
      await vi.waitFor(() => expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH'), 5000);
    }
  },
  30_000,
);
