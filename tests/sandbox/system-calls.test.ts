import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { FILTERED_WAYS, finish, isRoot, openDirectory, start } from './run-program.ts';

const { path: directory, remove } = openDirectory();
afterAll(remove);
copyFileSync(join(import.meta.dirname, 'programs', 'system-calls.pl'), join(directory, 'system-calls.pl'));

const ENOSYS = 38;
const REFUSALS = new Set([1, 13, 22, 25, ENOSYS]);

describe.runIf(isRoot && process.arch === 'x64')('native code in the sandbox', () => {
  it.each(FILTERED_WAYS)('gets nothing it asks the kernel for, with $name', async ({ without }) => {
    const sandbox = openSandbox({ without });
    const command = ['/usr/bin/perl', join(directory, 'system-calls.pl'), String(process.pid)] as const;
    const { stdout, ending } = await finish(start(sandbox, { command: [...command], cwd: directory }));
    expect(ending).toEqual({ how: 'exit', code: 0 });
    const outcomes = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(outcomes.length).toBeGreaterThan(60);
    expect(outcomes.filter(([, outcome]) => !REFUSALS.has(Number(outcome)))).toEqual([]);
  });

  it('would get much of it without the filter, so that the attempts are real', async () => {
    const sandbox = openSandbox({ without: ['bubblewrap', 'compiler', 'perl'] });
    const command = ['/usr/bin/perl', join(directory, 'system-calls.pl'), String(process.pid)] as const;
    const { stdout } = await finish(start(sandbox, { command: [...command], cwd: directory }));
    const granted = stdout
      .split('\n')
      .filter((line) => line.endsWith(' done'))
      .map((line) => line.split(' ')[0]);
    expect(granted).toEqual(
      expect.arrayContaining([
        'socket-unix',
        'fork',
        'memfd_create',
        'shmget',
        'open-create',
        'mkdir',
        'unlink',
      ]),
    );
  });
});
