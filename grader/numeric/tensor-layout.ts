import { GraderError } from '../format/errors.ts';
import type { DType, TensorData } from '../format/tensor-data.ts';
import { sizeOf } from '../format/tensor-data.ts';

const ARRAY_OF: Readonly<Record<DType, typeof Float32Array | typeof Int32Array | typeof Uint8Array>> = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
};

/**
 * Throws a {@link GraderError} unless shape, dtype and data of the tensor belong together: sides are whole numbers
 * from 0, the array is of the dtype's kind and has one entry per element.
 *
 * @param role what the tensor is, for the message: "actual", "expected"
 */
export function assertWellFormed({ tensor, role }: { tensor: TensorData; role: string }): void {
  const { dtype, shape, data } = tensor;
  const arrayKind = Object.hasOwn(ARRAY_OF, dtype) ? ARRAY_OF[dtype] : undefined;
  if (arrayKind === undefined)
    throw new GraderError(`the ${role} tensor has the unknown dtype ${String(dtype)}`);
  if (
    !Array.isArray(shape) ||
    !shape.every((side: unknown) => Number.isSafeInteger(side) && Number(side) >= 0)
  ) {
    throw new GraderError(
      `the ${role} tensor's shape ${JSON.stringify(shape)} is not a list of whole numbers from 0`,
    );
  }
  if (!(data instanceof arrayKind)) {
    throw new GraderError(`the ${role} tensor is ${dtype}, but its data is not a ${arrayKind.name}`);
  }
  if (data.length !== sizeOf(shape)) {
    throw new GraderError(
      `the ${role} tensor has ${data.length} values, but its shape [${shape.join(',')}] takes ${sizeOf(shape)}`,
    );
  }
}

/** The row-major position `offset` as one index per dimension of `shape`; empty for a scalar. */
export function indexAt({ offset, shape }: { offset: number; shape: readonly number[] }): number[] {
  const index: number[] = Array.from({ length: shape.length }, () => 0);
  let rest = offset;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis];
    index[axis] = rest % side;
    rest = Math.floor(rest / side);
  }
  return index;
}
