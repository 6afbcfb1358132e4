import { expect, it } from 'vitest';
import { reasonFor } from '../../../authoring/calibration/reasons.ts';

const failed = { check: 'transfer', always: [], failures: 4 };

it('no inputs are spoken of where a quiz has none', () => {
  expect(reasonFor(failed, { kind: 'quiz', isPublic: false })).toMatch(/^its questions are its own/);
  expect(reasonFor(failed, { kind: 'property', isPublic: false })).toMatch(/^on inputs that nobody has seen/);
});

it('a check that nothing fails has a reason only where somebody gave one', () => {
  const never = { ...failed, failures: 0 };
  expect(reasonFor(never, { kind: 'quiz', isPublic: false })).toBeUndefined();
  expect(reasonFor({ ...never, check: 'tidy-code' }, { kind: 'source-rule', isPublic: false })).toBeDefined();
});
