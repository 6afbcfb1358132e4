import { describe, expect, it } from 'vitest';
import { hostFault, lacksThreads } from '../../grader/sandbox/host-fault.ts';

describe('why a program does not start, for staff', () => {
  it.each([
    [
      '/tools/esbuild: Permission denied',
      /esbuild does not start in the sandbox: Permission denied; .*noexec.*TMPDIR/,
    ],
    ['spawn /tools/esbuild EACCES', /EACCES; .*noexec/],
    ['spawn /tools/esbuild EAGAIN', /EAGAIN; .*too few processes and threads.*--pids-limit 64/],
    ['runtime: failed to create new OS thread (have 4 already; errno=11)', /errno=11\); .*--pids-limit/],
    ['Assertion failed: (0) == (uv_thread_create(&t, run, 0))', /--pids-limit/],
    ['/tools/esbuild: Read-only file system', /read-only: set TMPDIR/],
    ['spawn ENOMEM', /memory ran out: give the container more/],
    ['/tools/esbuild: No such file or directory', /is not there: run npm ci/],
    ['', /does not start in the sandbox: no reason was given/],
  ])('names what was said and what to change: %j', (said, expected) => {
    expect(hostFault('/tools/esbuild', said)).toMatch(expected);
  });

  it('is one line of bounded length', () => {
    const text = hostFault('/tools/esbuild', `${'x'.repeat(5000)}\n`.repeat(50));
    expect(text).not.toContain('\n');
    expect(text.length).toBeLessThan(800);
  });

  it('tells a lack of threads from what a compiler says of a submission', () => {
    expect(lacksThreads('runtime: failed to create new OS thread (have 2 already; errno=11)')).toBe(true);
    expect(lacksThreads('\nruntime/cgo: pthread_create failed: Resource temporarily unavailable')).toBe(true);
    expect(lacksThreads('✘ [ERROR] "failed to create new OS thread" is not exported')).toBe(false);
    expect(lacksThreads('runtime: goroutine stack exceeds 1000000000-byte limit')).toBe(false);
  });
});
