import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { randomStream } from '../../../reference/lib/random.ts';
import { onBackend } from './on-backend.ts';
import type { Case, Domain, Drawn, Measure } from './case.ts';

/** What came of a computation: its tensors, or the error it was refused with. */
export type Outcome =
  | {
      readonly tensors: readonly {
        readonly shape: number[];
        readonly dtype: tf.DataType;
        readonly values: readonly (number | string)[];
      }[];
    }
  | { readonly error: string };

const specials = [NaN, Infinity, -Infinity, 0, -0, 1e30, -1e30, 1e-30, 1, -1, 0.5, -0.5, 88.5, -104];

function valuesOf(domain: Domain, seed: number, length: number): number[] {
  const stream = randomStream(seed);
  const draw = {
    normal: () => stream.normal(0, domain.kind === 'normal' ? (domain.scale ?? 1) : 1),
    between: () => (domain.kind === 'between' ? stream.uniform(domain.min, domain.max) : 0),
    whole: () => (domain.kind === 'whole' ? stream.integer(domain.min, domain.max) : 0),
    special: () =>
      stream.uniform() < 0.5 ? specials[stream.integer(0, specials.length - 1)] : stream.normal(0, 2),
  }[domain.kind];
  return Array.from({ length }, draw);
}

/** Makes a drawn tensor on the current backend. */
export function make({ shape, dtype, domain, seed }: Drawn): Tensor {
  const values = valuesOf(domain, seed, tf.util.sizeFromShape(shape));
  if (dtype === 'float32') return tf.tensor(Float32Array.from(values), shape, dtype);
  const integers = values.map((value) => (Number.isFinite(value) ? Math.round(3 * value) / 3 : 0));
  if (dtype === 'int32') return tf.tensor(Int32Array.from(integers), shape, dtype);
  return tf.tensor(
    Uint8Array.from(values, (value) => (value > 0 ? 1 : 0)),
    shape,
    dtype,
  );
}

function attempt(backend: string, compute: () => Tensor | Tensor[]): Outcome {
  try {
    return onBackend(backend, () => ({
      tensors: [compute()].flat().map((tensor) => ({
        shape: tensor.shape,
        dtype: tensor.dtype,
        values: [...(tensor.dataSync() as unknown as number[])],
      })),
    }));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The values of a case on a backend. */
export function valueOn(backend: string, { tensors, compute }: Case): Outcome {
  return attempt(backend, () => compute(...tensors.map(make)));
}

/** The gradients of a case's float32 outputs, weighted at random, with respect to its float32 inputs. */
export function gradientOn(backend: string, { tensors, compute }: Case): Outcome {
  return attempt(backend, () => {
    const inputs = tensors.map(make);
    const isFloat = (tensor: Tensor): boolean => tensor.dtype === 'float32';
    const weighted = (...floats: Tensor[]): Tensor => {
      let next = 0;
      const outputs = [compute(...inputs.map((input) => (isFloat(input) ? floats[next++] : input)))].flat();
      return outputs
        .filter(isFloat)
        .map((output, index) => {
          const weights = randomStream(`weights ${index}`).normals(output.size);
          return tf.sum(tf.mul(output, tf.tensor(weights, output.shape)));
        })
        .reduce((total, term) => tf.add(total, term));
    };
    return tf.grads(weighted)(inputs.filter(isFloat));
  });
}

/** Smaller than the smallest normal float32: what lies below may be lost. */
const smallest = 1e-37;

function difference(actual: readonly number[], expected: readonly number[], measure: Measure): number {
  const finite = expected.filter(Number.isFinite).map(Math.abs);
  const largest = finite.reduce((a, b) => Math.max(a, b), 0);
  return expected.reduce((worst, value, index) => {
    if (Object.is(actual[index], value) || actual[index] === value) return worst;
    const distance = Math.abs(actual[index] - value);
    const scale = measure === 'each' ? Math.abs(value) : largest;
    const relative = distance / Math.max(scale, smallest);
    return Number.isNaN(relative) ? Infinity : Math.max(worst, relative);
  }, 0);
}

/**
 * How far the outcome on the backend under test lies from the plain backend's: the largest relative difference, 0
 * where both refuse, and in words where they differ in kind.
 */
export function compare(
  { actual, expected }: { actual: Outcome; expected: Outcome },
  measure: Measure,
): number | string {
  if ('error' in actual || 'error' in expected) {
    if ('error' in actual && 'error' in expected) return 0;
    return 'error' in actual
      ? `refused: ${actual.error}`
      : `not refused: ${(expected as { error: string }).error}`;
  }
  let worst = 0;
  for (const [index, wanted] of expected.tensors.entries()) {
    const got = actual.tensors[index];
    if (got?.dtype !== wanted.dtype) return `dtype ${got?.dtype} for ${wanted.dtype}`;
    if (String(got.shape) !== String(wanted.shape)) return `shape [${got.shape}] for [${wanted.shape}]`;
    if (got.values.length !== wanted.values.length)
      return `${got.values.length} values for ${wanted.values.length}`;
    if (wanted.dtype === 'string') {
      if (String(got.values) !== String(wanted.values)) return `${got.values} for ${wanted.values}`;
    } else if (wanted.dtype === 'float32' || wanted.dtype === 'complex64') {
      worst = Math.max(worst, difference(got.values as number[], wanted.values as number[], measure));
    } else if (String(got.values) !== String(wanted.values)) {
      return `[${got.values}] for [${wanted.values}]`;
    }
  }
  return worst;
}
