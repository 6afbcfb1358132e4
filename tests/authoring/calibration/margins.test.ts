import { describe, expect, it } from 'vitest';
import { marginsOf, neverAlone } from '../../../authoring/calibration/margins.ts';
import { check as checkSchema, type Check } from '../../../grader/checks/index.ts';

const base = { title: 'It is right', points: 1, case: 'one' };
const close = (id: string, tolerance = { atol: 1e-6, rtol: 1e-4 }): Check =>
  checkSchema.parse({ ...base, kind: 'tensor-close', id, value: { call: 'result' }, ...tolerance });
const memory = checkSchema.parse({ ...base, kind: 'memory', id: 'leftovers', call: 'result' });
const value = close('value');

const run = (used: Record<string, number>, fails: string[] = []) => ({ key: '', fails, used });
const measured = {
  on: '',
  right: {
    'should-pass/a/plain wasm 1': run({ value: 0.01 }),
    'should-pass/a/plain cpu 1': run({ value: 0.25 }),
  },
  wrong: {
    'should-fail/a/half': run({ value: 500 }, ['value']),
    'should-fail/a/almost': run({ value: 2 }, ['value']),
    'should-fail/a/shape': run({}, ['value']),
    'should-fail/a/leaks': run({ value: 0.01 }, ['leftovers']),
  },
};
const mistake = (more: { nearly?: string[] } = {}) => ({ fails: ['value'], ...more });

describe('margins', () => {
  it('lie between the worst right value and the best wrong one that the check is there for', () => {
    const mistakes = new Map([
      ['should-fail/a/half', mistake()],
      ['should-fail/a/almost', mistake({ nearly: ['value'] })],
      ['should-fail/a/shape', mistake()],
      ['should-fail/a/leaks', { fails: ['leftovers'] }],
    ]);
    expect(marginsOf([value, memory], measured, mistakes)).toEqual([
      {
        check: 'value',
        tolerance: expect.stringContaining('0.0001'),
        right: { used: 0.25, name: 'should-pass/a/plain cpu 1' },
        wrong: { used: 500, name: 'should-fail/a/half' },
        below: 4,
        above: 500,
      },
    ]);
  });

  it('have a floor where right solutions differ by less than a rounding', () => {
    const [margins] = marginsOf([value], { ...measured, right: { exact: run({ value: 0 }) } }, new Map());
    expect(margins).toMatchObject({ below: expect.closeTo(1000), wrong: undefined, above: undefined });
  });

  it('of an absolute tolerance have that of a rounding of values around 1, and equality has none', () => {
    const exact = { ...measured, right: { exact: run({ value: 0 }) } };
    const [margins] = marginsOf([close('value', { atol: 1e-5, rtol: 0 })], exact, new Map());
    expect(margins.below).toBeCloseTo(100);
    expect(marginsOf([close('value', { atol: 0, rtol: 0 })], exact, new Map())).toEqual([]);
  });
});

it('a check that nothing fails alone is named, with those that always fail with it', () => {
  const checks = [value, close('other'), close('third'), close('never'), memory];
  const failures = [
    ['value'],
    ['other', 'third'],
    ['third', 'other', 'value'],
    ['third', 'value'],
    ['leftovers'],
    [],
  ];
  expect(neverAlone(checks, failures)).toEqual([
    { check: 'other', always: ['third'], failures: 2 },
    { check: 'third', always: [], failures: 3 },
    { check: 'never', always: [], failures: 0 },
  ]);
});
