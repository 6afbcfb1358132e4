import { halfToNumber } from '../../reference/lib/models/half-float.ts';
import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import type { TensorProto } from './schema.ts';

/** `TensorProto.DataType` of the types that weights come in. */
const types = {
  1: {
    bytes: 4,
    raw: (view: DataView, at: number) => view.getFloat32(at, true),
    typed: (tensor: TensorProto) => tensor.floatData,
  },
  10: {
    bytes: 2,
    raw: (view: DataView, at: number) => halfToNumber(view.getUint16(at, true)),
    typed: (tensor: TensorProto) => tensor.int32Data.map((bits) => halfToNumber(bits & 0xffff)),
  },
  11: {
    bytes: 8,
    raw: (view: DataView, at: number) => view.getFloat64(at, true),
    typed: (tensor: TensorProto) => tensor.doubleData,
  },
} as const;

/**
 * The values of an initialiser or constant of type float, float16 or double, raw or typed, as float32.
 *
 * @throws Error when it is of another type, stored in another file or not as long as its shape says.
 */
export function tensorValues(tensor: TensorProto): StoredTensor {
  const name = `tensor ${tensor.name || '(unnamed)'}`;
  const type = types[tensor.dataType as keyof typeof types] as (typeof types)[keyof typeof types] | undefined;
  if (tensor.dataLocation !== 0) {
    throw new Error(
      `${name} is stored in another file; export the model with its weights inside, from PyTorch with external_data=False`,
    );
  }
  if (type === undefined) {
    throw new Error(`${name} has ONNX data type ${tensor.dataType}; only float, float16 and double are read`);
  }
  const size = tensor.dims.reduce((product, side) => product * side, 1);
  const { rawData: raw } = tensor;
  const typed = raw.length > 0 ? [] : type.typed(tensor);
  const found = raw.length > 0 ? raw.length / type.bytes : typed.length;
  if (found !== size) throw new Error(`${name} [${tensor.dims}] should have ${size} values and has ${found}`);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const value = raw.length > 0 ? (i: number) => type.raw(view, i * type.bytes) : (i: number) => typed[i];
  return { shape: tensor.dims, data: Float32Array.from({ length: size }, (_, i) => value(i)) };
}

/** A convolution's weight from ONNX's `[out, in, height, width]` to TensorFlow's `[height, width, in, out]`. */
export function toChannelsLast({ shape, data }: StoredTensor): StoredTensor {
  const [outputs, inputs, height, width] = shape;
  const moved = new Float32Array(data.length);
  let from = 0;
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let place = 0; place < height * width; place++)
        moved[(place * inputs + i) * outputs + o] = data[from++];
  return { shape: [height, width, inputs, outputs], data: moved };
}
