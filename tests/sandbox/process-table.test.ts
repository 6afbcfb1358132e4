import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { livingOf, PAGE_BYTES, parseStat, readProcess } from '../../grader/sandbox/process-table.ts';

describe('a line of the process table', () => {
  it('is read past a name that looks like more fields', () => {
    const name = 'a) S 1 1 (b';
    const line = `42 (${name}) R 7 42 41 0 -1 4194304 1 0 0 0 150 50 0 0 20 0 11 0 98765 1000000 256 18446744073709551615`;
    expect(parseStat(42, line)).toEqual({
      pid: 42,
      state: 'R',
      parent: 7,
      session: 41,
      threads: 11,
      processorSeconds: 2,
      startTicks: 98765,
      residentBytes: 256 * PAGE_BYTES,
    });
  });
});

describe.runIf(process.platform === 'linux')('the process table', () => {
  it('knows this process and its memory', () => {
    const entry = readProcess(process.pid);
    expect(entry).toMatchObject({ pid: process.pid, parent: process.ppid });
    const resident = process.memoryUsage.rss();
    expect(Math.abs(entry!.residentBytes - resident)).toBeLessThan(0.2 * resident);
  });

  it('has nothing under a number that is not in use', () => {
    expect(readProcess(5_000_000)).toBeUndefined();
  });

  it.runIf(process.getuid?.() === 0)(
    'finds processes by user id, also those that hide their owner',
    async () => {
      // PR_SET_DUMPABLE 0 makes the process's directory root's.
      const hide = '$| = 1; syscall(157, 4, 0); print "hidden\\n"; sleep 20';
      const command = ['--reuid=60598', '--regid=60598', '--clear-groups', 'perl', '-e', hide];
      const child = spawn('setpriv', command, { stdio: ['ignore', 'pipe', 'inherit'] });
      const exit = once(child, 'exit');
      await once(child.stdout, 'data');
      const found = livingOf(60_598).map(({ pid }) => pid);
      child.kill('SIGKILL');
      await exit;
      expect(found).toEqual([child.pid]);
      expect(livingOf(60_598)).toEqual([]);
    },
  );
});
