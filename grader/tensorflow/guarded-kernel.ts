import type { DataType, TensorInfo } from '@tensorflow/tfjs';

const float: readonly DataType[] = ['float32'];

interface Call {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
}

/**
 * A kernel that sends the calls that it computes wrong elsewhere: those with a tensor of a type that it does not
 * know, those with an empty one, and those with one of too many dimensions.
 * @param types that it knows; default float32 alone
 * @param largestRank that it knows; default all
 */
export function guardedKernel<C extends Call, R>({
  kernel,
  fallback,
  types = float,
  largestRank = Infinity,
}: {
  kernel: (call: C) => R;
  fallback: (call: C) => R;
  types?: readonly DataType[] | undefined;
  largestRank?: number;
}): (call: C) => R {
  return (call) => {
    for (const key in call.inputs) {
      // Some inputs, as a bias, may be left out.
      const input = call.inputs[key] as TensorInfo | undefined | null;
      if (!input) continue;
      const { shape, dtype } = input;
      if (!types.includes(dtype) || shape.includes(0) || shape.length > largestRank) return fallback(call);
    }
    return kernel(call);
  };
}
