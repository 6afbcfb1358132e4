import type { Selector } from '../../format/selector.ts';
import type { TensorData } from '../../format/tensor-data.ts';
import { valueAt } from '../../format/value-tree.ts';
import type { Evidence } from '../evidence.ts';
import { pearson } from '../property/correlation.ts';
import { expectedValue, receivedValue } from '../resolve-value.ts';

/**
 * The least magnitude of the correlation with what the reference returned. On at least one image of a case, maps of usual
 * mistakes (another score, no magnitude, a mean for a maximum, one image for all) reach 0.41 and more; ramps that ignore the
 * model stay below 0.34.
 */
const LEAST_CORRELATION = 0.38;

/**
 * Whether what a function of the student's returned could come of a mistake in what the reference computes, rather than
 * of something that has nothing to do with it: for one item at least, of one call at least of the function in the case,
 * the values go up and down together with the reference's, or against them.
 */
export function isRelatedToReference(value: Selector, caseId: string, evidence: Evidence): boolean {
  return callsOfSameFunction(value.call, evidence.calls(caseId)).some((call) => {
    const pair = pairOf({ ...value, call }, caseId, evidence);
    return pair !== undefined && closestItem(pair) >= LEAST_CORRELATION;
  });
}

function callsOfSameFunction(id: string, calls: ReturnType<Evidence['calls']>): readonly string[] {
  const own = calls.find((call) => call.id === id);
  if (!own) return [id];
  return calls
    .filter((call) => call.module === own.module && call.export === own.export)
    .map((call) => call.id);
}

interface Pair {
  readonly actual: TensorData;
  readonly expected: TensorData;
}

/** Undefined where one of the two is not known or they have different shapes. */
function pairOf(value: Selector, caseId: string, evidence: Evidence): Pair | undefined {
  const place = { case: caseId, value };
  if (!isKnown(value, caseId, evidence)) return undefined;
  const { tensor: expected, wanted } = expectedValue(evidence, place);
  const received = receivedValue(evidence, place, { wanted });
  if (!received.ok || received.tensor.shape.join() !== expected.shape.join()) return undefined;
  return { actual: received.tensor, expected };
}

/** Of calls that no check compares with, the fixtures hold no value. */
function isKnown({ call, path = [], gradient }: Selector, caseId: string, evidence: Evidence): boolean {
  const expected = evidence.expected(caseId).get(call);
  if (!expected || gradient) return expected?.gradient !== undefined;
  const value = valueAt(expected.value, path);
  return value !== undefined && 'tensor' in value;
}

/** The largest magnitude of the correlation, over the items along the first axis; 0 where they are the same everywhere. */
function closestItem({ actual, expected }: Pair): number {
  const count = expected.shape.length > 1 ? expected.shape[0] : 1;
  const size = expected.data.length / count;
  const correlations = Array.from({ length: count }, (_, i) => {
    const [mine, other] = [actual, expected].map(({ data }) => data.subarray(i * size, (i + 1) * size));
    return Math.abs(pearson(mine, other));
  });
  return Math.max(0, ...correlations.filter(Number.isFinite));
}
