import type { TensorData } from '../format/tensor-data.ts';
import type { Evidence } from './evidence.ts';
import { expectedValue, receivedValue, type ValueOf } from './resolve-value.ts';
import type { Verdict } from './verdict.ts';

/** Whether a tensor could be an honest attempt: of the expected form, finite, and not the same value everywhere. */
export function isPlausible(actual: TensorData, expected: TensorData): boolean {
  if (actual.dtype !== expected.dtype || actual.shape.join() !== expected.shape.join()) return false;
  if (!actual.data.every((value) => Number.isFinite(value))) return false;
  // One number alone is neither constant nor varied; that it is not 0 is all that can be asked.
  if (actual.data.length === 1) return actual.data[0] !== 0;
  return actual.data.some((value) => value !== actual.data[0]);
}

/**
 * The verdict that ends a check before it is judged, because a value that it builds on is missing or cannot be an
 * honest attempt; undefined where all are plausible.
 */
export function whyImplausible(values: readonly ValueOf[], evidence: Evidence): Verdict | undefined {
  for (const value of values) {
    const { tensor: expected, isNumber } = expectedValue(evidence, value);
    const received = receivedValue(evidence, value, { wanted: isNumber ? 'a number' : 'a tensor' });
    if (!received.ok) {
      const { verdict } = received;
      return verdict.outcome === 'failed' ? SKIPPED : verdict;
    }
    if (!isPlausible(received.tensor, expected)) return SKIPPED;
  }
  return undefined;
}

const SKIPPED: Verdict = {
  outcome: 'skipped',
  message:
    'Skipped: the function has to return something first that is finite, of the right shape and not the same everywhere.',
};
