import { z } from 'zod';
import { selector, type Selector } from '../../format/selector.ts';
import type { TensorData } from '../../format/tensor-data.ts';
import type { Evidence } from '../evidence.ts';
import { isPlausible } from '../plausible.ts';
import { receivedValue } from '../resolve-value.ts';

/**
 * What a value may equal instead of the expected one: what another function of the student's own returned on the same
 * input, or the difference of two such results. A mistake of that function is charged where it is judged, not here.
 */
export const consistency = z.union([
  z.strictObject({ result: selector }).describe('what another call returned'),
  z
    .strictObject({ minus: z.tuple([selector, selector]) })
    .describe('what one call returned less what another returned'),
]);
export type Consistency = z.output<typeof consistency>;

/** The calls that a consistency reads. */
export function selectorsOf(of: Consistency): readonly Selector[] {
  return 'result' in of ? [of.result] : of.minus;
}

/**
 * The tensor that a consistent result equals; undefined where what the student's function returned is no tensor of the
 * expected shape, not finite, the same everywhere or one of the inputs, so that nothing can be consistent with a trivial
 * answer.
 */
export function consistentTensor(
  of: Consistency,
  caseId: string,
  expected: TensorData,
  evidence: Evidence,
): TensorData | undefined {
  const own = selectorsOf(of).map((value) =>
    receivedValue(evidence, { case: caseId, value }, { wanted: 'a tensor' }),
  );
  const tensors = own.flatMap((one) => (one.ok ? [one.tensor] : []));
  const inputs = evidence.inputs(caseId);
  const plausible = (tensor: TensorData): boolean => isPlausible(tensor, { expected, inputs });
  if (tensors.length < own.length || !tensors.every(plausible)) return undefined;
  const [first, second] = tensors;
  if (!second) return first;
  const difference = Float32Array.from(first.data, (value, i) => value - second.data[i]);
  const result: TensorData = { dtype: 'float32', shape: first.shape, data: difference };
  return plausible(result) ? result : undefined;
}
