import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needsOf } from '../../grader/child/optional-backend.ts';
import { DEFAULT_LIMITS } from '../../grader/sandbox/sandbox.ts';

const CUDA = 'CUDA_VISIBLE_DEVICES';

const deviceOf = (backend: string, device?: string): string =>
  needsOf(backend, DEFAULT_LIMITS, device).arguments[2];

describe('the device that a child is told', () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env[CUDA];
    delete process.env[CUDA];
  });
  afterEach(() => {
    if (before === undefined) delete process.env[CUDA];
    else process.env[CUDA] = before;
  });

  it('is the one that it was given', () => {
    expect(deviceOf('gpu', '3')).toBe('3');
    expect(deviceOf('webgpu', 'RTX')).toBe('RTX');
  });

  it('is the first CUDA device that the grader may see, whose environment it does not get', () => {
    expect(deviceOf('gpu')).toBe('');
    process.env[CUDA] = '2,3';
    expect(deviceOf('gpu')).toBe('2');
    expect(deviceOf('gpu', '5')).toBe('5');
    expect(deviceOf('webgpu')).toBe('');
  });

  it('is none on a processor', () => {
    process.env[CUDA] = '2';
    expect(deviceOf('wasm', '1')).toBe('');
    expect(deviceOf('native')).toBe('');
  });
});
