import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gradeSubmission } from '../../batch/workers/grade-submission.ts';
import type { Attempt, Worker } from '../../batch/workers/worker.ts';

let out: string;
beforeEach(() => (out = mkdtempSync(join(tmpdir(), 'introspection-grade-submission-'))));
afterEach(() => rmSync(out, { recursive: true, force: true }));

const lost: Attempt = { kind: 'lost', reason: 'it said nothing' };

/** Grades by a worker that is lost each time. */
function grade(signal?: AbortSignal, onGrade?: () => void) {
  const worker = {
    grade: () => {
      onGrade?.();
      return Promise.resolve(lost);
    },
    close: () => Promise.resolve(undefined),
  } as unknown as Worker;
  return gradeSubmission({ path: '/class/ana', out, worker, attempts: 2, runs: 1, signal });
}

const log = (): string => join(out, 'log.txt');

describe('the log of a submission', () => {
  it('has each attempt that failed through us', async () => {
    await grade();
    expect(readFileSync(log(), 'utf8')).toBe('attempt 1: it said nothing\nattempt 2: it said nothing\n');
  });

  it('is not there where somebody ended the work', async () => {
    const asked = new AbortController();
    const { attempts } = await grade(asked.signal, () => asked.abort());
    expect(attempts).toBe(1);
    expect(existsSync(log())).toBe(false);
  });
});
