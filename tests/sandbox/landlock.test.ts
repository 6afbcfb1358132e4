import { describe, expect, it } from 'vitest';
import type { Addon } from '../../grader/sandbox/addon.ts';
import { landlockSteps } from '../../grader/sandbox/landlock.ts';

const WRITE_FILE = 1 << 1;

/** Where a process may write, by path. */
function writable(addon?: Addon): string[] {
  const steps = landlockSteps({ version: 7, program: '/usr/bin/node', readable: ['/srv/run'], addon });
  return steps.flatMap((step, i) =>
    step === 'allow' && (Number(steps[i + 1]) & WRITE_FILE) !== 0 ? [steps[i + 2]] : [],
  );
}

describe('what Landlock lets a process write', () => {
  it('is nothing, or devices where an addon drives them', () => {
    expect(writable()).toEqual([]);
    for (const kind of ['tensorflow', 'graphics'] as const)
      for (const path of writable({ kind, libraries: [] }))
        expect(path).toMatch(/^\/dev\/|^\/proc\/driver\//);
  });

  it('is also the names of its threads for CUDA, which takes their refusal for an error', () => {
    expect(writable({ kind: 'cuda', libraries: [] })).toContain('/proc/self/task');
  });
});
