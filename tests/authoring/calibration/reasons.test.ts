import { expect, it } from 'vitest';
import type { Check } from '../../../grader/checks/index.ts';
import { needlessReasons } from '../../../authoring/calibration/problems.ts';
import { reasonFor } from '../../../authoring/calibration/reasons.ts';

const failed = { check: 'transfer', always: [], failures: 4 };

it('no inputs are spoken of where a quiz has none', () => {
  expect(reasonFor(failed, { kind: 'quiz', isPublic: false })?.text).toMatch(/^its questions are its own/);
  expect(reasonFor(failed, { kind: 'property', isPublic: false })?.text).toMatch(
    /^on inputs that nobody has seen/,
  );
});

it('what somebody found stands before what goes by the kind of check', () => {
  const found = { transfer: 'the only one on two layers' };
  expect(reasonFor(failed, { kind: 'tensor-close', isPublic: true, found })).toEqual({
    text: 'the only one on two layers',
    isStock: false,
  });
  expect(reasonFor(failed, { kind: 'tensor-close', isPublic: true })?.isStock).toBe(true);
});

it('a check that nothing fails has a reason only where somebody gave one', () => {
  const never = { ...failed, failures: 0 };
  expect(reasonFor(never, { kind: 'quiz', isPublic: false })).toBeUndefined();
  expect(reasonFor({ ...never, check: 'tidy-code' }, { kind: 'source-rule', isPublic: false })).toBeDefined();
});

it('a reason is needless where a mistake fails the check alone, or the check is gone', () => {
  const checks = ['value', 'batch'].map((id) => ({ id, points: 1 }) as Check);
  const found = { value: 'one sentence', batch: 'another', gone: 'a third' };
  expect(needlessReasons(checks, [['value', 'batch']], found)).toEqual([
    'gone: fixtures/calibration/reasons/ says why nothing fails it alone, but there is no such check',
  ]);
  expect(needlessReasons(checks, [['value', 'batch'], ['batch']], found)).toEqual([
    'batch: fixtures/calibration/reasons/ says why nothing fails it alone, but something does',
    expect.stringMatching(/^gone: .* no such check$/),
  ]);
});
