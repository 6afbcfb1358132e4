import { sizeOf, type TensorData } from '../../../grader/format/tensor-data.ts';
import type { ValueTree } from '../../../grader/format/value-tree.ts';
import type { Returned } from '../../fixtures/record.ts';

/** The tensors, numbers and truth values of what a call returned, its gradient last; numbers as scalars. */
export function leavesOf({ value, tensors, gradient }: Returned): TensorData[] {
  const found: TensorData[] = [];
  mapValue(value, tensors, (leaf) => {
    found.push(leaf);
    return leaf;
  });
  return gradient === undefined ? found : [...found, tensors[gradient]];
}

/** An outcome of the same structure with other tensors, numbers and truth values of the same shapes. */
export function withLeaves(outcome: Returned, replace: (leaf: TensorData) => TensorData): Returned {
  const { value, tensors } = mapValue(outcome.value, outcome.tensors, replace);
  const { gradient } = outcome;
  const observed = outcome.observed && { ...outcome.observed, kernels: 0, reads: 0, leftover: 0 };
  return {
    ...outcome,
    value,
    tensors:
      gradient === undefined ? tensors : { ...tensors, [gradient]: replace(outcome.tensors[gradient]) },
    ...(observed ? { observed } : {}),
  };
}

function mapValue(
  value: ValueTree,
  tensors: Readonly<Record<string, TensorData>>,
  replace: (leaf: TensorData) => TensorData,
): { readonly value: ValueTree; readonly tensors: Record<string, TensorData> } {
  const replaced: Record<string, TensorData> = {};
  const visit = (item: ValueTree): ValueTree => {
    if ('tensor' in item) {
      replaced[item.tensor] = replace(tensors[item.tensor]);
      return item;
    }
    if ('number' in item) return { number: replace(scalar('float32', Number(item.number))).data[0] };
    if ('boolean' in item) return { boolean: replace(scalar('bool', item.boolean ? 1 : 0)).data[0] !== 0 };
    if ('list' in item) return { list: item.list.map(visit) };
    if ('record' in item) {
      const entries = Object.entries(item.record).map(([key, inner]) => [key, visit(inner)] as const);
      return { record: Object.fromEntries(entries) };
    }
    return item;
  };
  return { value: visit(value), tensors: replaced };
}

/** One number or truth value as a tensor. */
export function scalar(dtype: TensorData['dtype'], value: number): TensorData {
  return withData({ dtype, shape: [] }, [value]);
}

/** A tensor of a form with these values. */
export function withData({ dtype, shape }: Omit<TensorData, 'data'>, values: ArrayLike<number>): TensorData {
  const kinds = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };
  const data = kinds[dtype].from(values);
  return { dtype, shape, data };
}

export function filledWith(value: number, form: TensorData): TensorData {
  return withData(
    form,
    Array.from({ length: sizeOf(form.shape) }, () => value),
  );
}

/** A tensor spread over another's shape as arithmetic of tensors does it; undefined where it does not fit. */
export function broadcastTo(tensor: TensorData, form: TensorData): TensorData | undefined {
  const rank = form.shape.length;
  if (tensor.shape.length > rank) return undefined;
  const sides = [...form.shape.slice(tensor.shape.length).map(() => 1), ...tensor.shape];
  if (sides.some((side, axis) => side !== 1 && side !== form.shape[axis])) return undefined;
  const values = Array.from({ length: sizeOf(form.shape) }, (_, place) => {
    let [rest, from, stride] = [place, 0, 1];
    for (let axis = rank - 1; axis >= 0; axis--) {
      const index = rest % form.shape[axis];
      rest = Math.floor(rest / form.shape[axis]);
      if (sides[axis] !== 1) from += index * stride;
      stride *= sides[axis];
    }
    return tensor.data[from];
  });
  return withData(form, values);
}

/** Whether two tensors hold the same numbers in the same form. */
export function sameTensor(a: TensorData, b: TensorData): boolean {
  if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join()) return false;
  return a.data.every((value, i) => Object.is(value, b.data[i]));
}
