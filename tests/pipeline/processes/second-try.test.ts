import { describe, expect, it } from 'vitest';
import { MiB } from '../../../grader/format/units.ts';
import { DEFAULT_LIMITS } from '../../../grader/sandbox/sandbox.ts';
import { OTHER, PART, PATIENCE_MS, graded, isThere, outcomes, submission, told } from './bad-driver.ts';

describe.runIf(isThere)('a call during which a driver crashed', { timeout: PATIENCE_MS }, () => {
  it('is made once more', async () => {
    const one = await graded(submission(), { machine: { crashes: { 1: 'SIGSEGV' } } });
    expect(outcomes(one)).toEqual(['passed']);
    expect(told(one, 'second-try')).toEqual(['SIGSEGV']);
    expect(told(one, 'killed')).toEqual([]);
    expect(one).toMatchObject({ troubles: [], runners: 2 });
  });

  it('is judged where it ends that way again', async () => {
    const one = await graded(submission(), { machine: { crashes: { 1: 'SIGSEGV', 2: 'SIGBUS' } } });
    const lost = one.report.parts[0].checks.filter(({ outcome }) => outcome === 'failed');
    expect(lost.length).toBeGreaterThan(0);
    expect(lost[0].message.join()).toContain('crashed');
    expect(outcomes(one)).not.toContain('errored');
    expect(told(one, 'killed')).toEqual(['SIGBUS']);
    expect(one.troubles).toEqual([]);
  });

  it('is judged at once where a limit or an ordinary signal ended it', async () => {
    const one = await graded(submission(), { machine: { crashes: { 1: 'SIGSYS' } } });
    expect(told(one, 'second-try')).toEqual([]);
    expect(told(one, 'killed')).toEqual(['SIGSYS']);
  });

  it('is made so often for a part and no more, whatever its code does to itself', async () => {
    const one = await graded(
      submission("(globalThis as any).process.kill((globalThis as any).process.pid, 'SIGSEGV');"),
      {
        parts: [PART, OTHER],
      },
    );
    const calls = told(one, 'killed').length;
    expect(told(one, 'second-try').length).toBeLessThanOrEqual(3);
    const tries = one.report.incidents
      .filter(({ kind }) => kind === 'second-try')
      .reduce((sum, { count }) => sum + count, 0);
    expect(tries).toBe(3);
    expect(calls).toBeGreaterThan(0);
    expect(one.report.parts.map(({ earned, points }) => earned / points)).toEqual([0, 1]);
    expect(outcomes(one)).not.toContain('errored');
    expect(one.troubles).toEqual([]);
  });

  it('is judged at once on WASM, where nothing but the submission runs', async () => {
    const one = await graded(submission(), { backend: 'wasm', machine: { crashes: { 0: 'SIGSEGV' } } });
    expect(told(one, 'second-try')).toEqual([]);
    expect(told(one, 'killed')).toEqual(['SIGSEGV']);
  });
});

describe.runIf(isThere)(
  'a driver that reserves more memory than it touches',
  { timeout: PATIENCE_MS },
  () => {
    it('does not crash for want of it, however little the submission is given', async () => {
      const limits = { ...DEFAULT_LIMITS, dataBytes: 512 * MiB };
      const one = await graded(submission(), { parts: [OTHER], limits });
      expect(outcomes(one)).toEqual(['passed']);
      expect(one.report.incidents).toEqual([]);
    });
  },
);
