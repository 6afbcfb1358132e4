import { describe, expect, it } from 'vitest';
import {
  OTHER,
  PART,
  PATIENCE_MS,
  WITH_GIVEN_CODE,
  graded,
  isThere,
  notices,
  outcomes,
  submission,
  told,
} from './bad-driver.ts';

describe.runIf(isThere)('any backend', { timeout: PATIENCE_MS }, () => {
  it('is none on a driver in software', async () => {
    const one = await graded(submission(), { backend: 'auto' });
    expect(one.report.environment.backend).toBe('wasm');
    expect(notices(one)).toContain('Computed on wasm, not on webgpu.');
    expect(one.report.environment.backendReasons).toEqual([
      'webgpu: its driver is in software, slower than WASM',
    ]);
    expect(outcomes(one)).toEqual(['passed']);
  });

  it('that is named and does not load ends the run in a sentence', async () => {
    await expect(graded(submission(), { machine: { goneFrom: 0 } })).rejects.toThrow(
      /^The backend webgpu cannot be used: Dawn finds no graphics device/,
    );
  });
});

describe.runIf(isThere)('a device that is lost', { timeout: PATIENCE_MS }, () => {
  it('by code that destroys it is no fault of ours: other processes get one', async () => {
    const one = await graded(submission('device.destroy();'));
    expect(new Set(told(one, 'second-try'))).toEqual(new Set(['the device was lost']));
    expect(one.report.environment.device).toContain('SwiftShader');
    expect(outcomes(one)).not.toContain('errored');
    expect(one.report.parts[0].earned).toBeLessThan(one.report.parts[0].points);
    expect(one.troubles).toEqual([]);
  });

  it('to all processes is our fault, where the backend was named', async () => {
    const one = await graded(submission(), { machine: { crashes: { 1: 'SIGSEGV' }, goneFrom: 2 } });
    expect(outcomes(one)).toContain('errored');
    expect(one.report.score).toBe(0);
    expect(one.troubles.join()).toContain('The backend webgpu cannot be used: Dawn finds no graphics device');
  });

  it('is not one where it is given code that cannot start, which needs none', async () => {
    const machine = { withoutWasm: true, looksLikeCard: true };
    const parts = [WITH_GIVEN_CODE];
    const one = await graded(submission(), { backend: 'auto', machine, parts, timeFactor: 20 });
    expect(outcomes(one)).toContain('errored');
    expect(notices(one)).not.toContain('not on webgpu');
    expect(one.troubles.join()).toContain('does not start in the sandbox');
  });

  it('has the rest computed on the processor, where any backend would do', async () => {
    const machine = { crashes: { 1: 'SIGSEGV' }, goneFrom: 2, looksLikeCard: true };
    const one = await graded(submission(), { backend: 'auto', machine, parts: [PART, OTHER] });
    expect(outcomes(one)).toEqual(['passed']);
    expect(one.report.environment.backend).toBe('wasm');
    expect(notices(one)).toMatch(/ on computed on wasm, not on webgpu\.$/m);
    expect(notices(one)).not.toContain('Dawn');
    expect(one.report.environment.backendReasons?.join()).toContain('webgpu cannot be used: Dawn');
    expect(one.troubles).toEqual([]);
  });
});
