import * as tf from '@tensorflow/tfjs';
import type { DataId, DataType, TensorInfo } from '@tensorflow/tfjs';

type Values = tf.backend_util.BackendValues;

/** What a backend must have for the plain one to compute in its place; complex values alternate. */
export interface ReadableBackend {
  readSync(dataId: DataId): Values;
  write(values: Values, shape: number[], dtype: DataType): DataId;
}

/** The parts of tfjs's plain JavaScript backend that a copy to it and back needs. */
interface PlainBackend extends ReadableBackend {
  disposeData(dataId: DataId, force?: boolean): boolean;
  /** Prints an advertisement for tfjs-node at the first write while it is true. */
  firstUse: boolean;
}

/** What a kernel gets: its tensors by name, its attributes, and the backend to compute on. */
interface Call {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: ReadableBackend;
}

/** The plain JavaScript backend, created when it is first needed and quiet; it need not be the current one. */
export function plainBackend(): PlainBackend {
  const backend = tf.findBackend('cpu') as unknown as PlainBackend;
  backend.firstUse = false;
  return backend;
}

function runPlainKernel(
  name: string,
  inputs: Record<string, TensorInfo>,
  attrs: object = {},
): TensorInfo | TensorInfo[] {
  const kernel = tf.getKernel(name, 'cpu').kernelFunc as unknown as (
    call: object,
  ) => TensorInfo | TensorInfo[];
  return kernel({ inputs, attrs, backend: plainBackend() });
}

/** The real and imaginary parts of alternating values. */
export function complexParts(values: Float32Array): { real: Float32Array; imag: Float32Array } {
  const real = Float32Array.from({ length: values.length / 2 }, (_, index) => values[2 * index]);
  const imag = Float32Array.from({ length: values.length / 2 }, (_, index) => values[2 * index + 1]);
  return { real, imag };
}

function toPlain(backend: ReadableBackend, tensor: TensorInfo): TensorInfo {
  const plain = plainBackend();
  const { shape, dtype } = tensor;
  const values = backend.readSync(tensor.dataId);
  if (dtype !== 'complex64') {
    // Some kernels take the rank for granted, which only whole tensors have.
    return { dataId: plain.write(values, shape, dtype), shape, dtype, rank: shape.length } as TensorInfo;
  }
  const { real, imag } = complexParts(values as Float32Array);
  const realPart: TensorInfo = { dataId: plain.write(real, shape, 'float32'), shape, dtype: 'float32' };
  const imagPart: TensorInfo = { dataId: plain.write(imag, shape, 'float32'), shape, dtype: 'float32' };
  const complex = runPlainKernel(tf.Complex, { real: realPart, imag: imagPart }) as TensorInfo;
  plain.disposeData(realPart.dataId);
  plain.disposeData(imagPart.dataId);
  return complex;
}

function fromPlain(backend: ReadableBackend, tensor: TensorInfo): TensorInfo {
  const { shape, dtype } = tensor;
  const values = plainBackend().readSync(tensor.dataId);
  // Some kernels keep whole numbers as floats.
  const whole = dtype === 'int32' && !(values instanceof Int32Array);
  const written = whole ? Int32Array.from(values as Float32Array) : values;
  return { dataId: backend.write(written, shape, dtype), shape, dtype };
}

/** What a kernel may get by a name: a tensor, several, or, as a bias that is left out, none. */
type Input = TensorInfo | readonly TensorInfo[] | null | undefined;

/**
 * A kernel that copies its tensors to the plain JavaScript backend, runs that backend's kernel of the same name,
 * copies the results back and releases every copy.
 */
export function plainFallback(name: string): (call: Call) => TensorInfo | TensorInfo[] {
  return ({ inputs, attrs, backend }) => {
    const plain = plainBackend();
    const copied: TensorInfo[] = [];
    const copy = (input: Input): Input => {
      if (!input) return input;
      if (Array.isArray(input)) return input.map((tensor) => copy(tensor) as TensorInfo);
      const onPlain = toPlain(backend, input as TensorInfo);
      copied.push(onPlain);
      return onPlain;
    };
    try {
      const copies = (
        Array.isArray(inputs)
          ? copy(inputs)
          : Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, copy(input)]))
      ) as Record<string, TensorInfo>;
      const results = runPlainKernel(name, copies, attrs);
      copied.push(...[results].flat());
      return Array.isArray(results)
        ? results.map((result) => fromPlain(backend, result))
        : fromPlain(backend, results);
    } finally {
      for (const { dataId } of copied) plain.disposeData(dataId);
    }
  };
}
