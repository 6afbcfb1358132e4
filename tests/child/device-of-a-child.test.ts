import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needsOf } from '../../grader/child/optional-backend.ts';
import { DEFAULT_LIMITS } from '../../grader/sandbox/sandbox.ts';

const CUDA = 'CUDA_VISIBLE_DEVICES';
const ORDER = 'CUDA_DEVICE_ORDER';

const deviceOf = (backend: string, device?: string): string =>
  needsOf(backend, DEFAULT_LIMITS, device).arguments[2];
const orderOf = (backend: string, device?: string): string =>
  needsOf(backend, DEFAULT_LIMITS, device).arguments[3];

describe('the device that a child is told', () => {
  const before = new Map<string, string | undefined>();
  beforeEach(() => {
    for (const name of [CUDA, ORDER]) {
      before.set(name, process.env[name]);
      delete process.env[name];
    }
  });
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
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

  it('is none where the grader may see none', () => {
    for (const none of ['', ' ', ',2']) {
      process.env[CUDA] = none;
      expect(deviceOf('gpu')).toBe('-1');
    }
  });

  it('is numbered as nvidia-smi does where it was given, otherwise by the order of the grader', () => {
    expect(orderOf('gpu', '1')).toBe('PCI_BUS_ID');
    process.env[CUDA] = '1';
    expect(orderOf('gpu')).toBe('FASTEST_FIRST');
    process.env[ORDER] = 'PCI_BUS_ID';
    expect(orderOf('gpu')).toBe('PCI_BUS_ID');
    process.env[ORDER] = 'FASTEST_FIRST';
    expect(orderOf('gpu', '1')).toBe('FASTEST_FIRST');
    expect(orderOf('webgpu', 'RTX')).toBe('');
  });

  it('is none on a processor', () => {
    process.env[CUDA] = '2';
    expect(deviceOf('wasm', '1')).toBe('');
    expect(deviceOf('native')).toBe('');
  });
});
