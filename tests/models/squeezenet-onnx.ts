import { numberToHalf } from '../../reference/lib/models/half-float.ts';
import { squeezenetModules } from '../../reference/lib/models/squeezenet.ts';
import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import { modelMessage } from '../../models/onnx/schema.ts';

interface PlainNode {
  name: string;
  opType: string;
  input: string[];
  output: string[];
  attribute: object[];
}

/** An ONNX file of plain data; what is left out gets its default. */
export function encodeModel(plain: object): Uint8Array {
  return modelMessage.encode(modelMessage.fromObject(plain)).finish();
}

/** How an exporter writes what means the same; the first of each is the default. */
export interface Dialect {
  readonly storage?: 'raw' | 'typed' | 'half' | 'half typed' | 'double' | 'another file';
  readonly place?: 'initializer' | 'initializer and input' | 'constant node' | 'identity';
  readonly names?: 'named' | 'unnamed';
  readonly reluAfterConcat?: boolean;
  readonly autoPad?: boolean;
  readonly mean?: 'GlobalAveragePool' | 'AveragePool' | 'ReduceMean';
  readonly tail?: readonly ('Flatten' | 'Reshape' | 'Softmax' | 'Identity' | 'Squeeze')[];
  readonly openBatch?: boolean;
  /** Changes the nodes before they are written. */
  readonly edit?: (nodes: PlainNode[]) => void;
}

const encoders = {
  raw: (data: Float32Array) => ({ dataType: 1, rawData: new Uint8Array(data.buffer) }),
  typed: (data: Float32Array) => ({ dataType: 1, floatData: [...data] }),
  half: (data: Float32Array) => ({
    dataType: 10,
    rawData: new Uint8Array(Uint16Array.from(data, numberToHalf).buffer),
  }),
  'half typed': (data: Float32Array) => ({ dataType: 10, int32Data: [...data].map(numberToHalf) }),
  double: (data: Float32Array) => ({ dataType: 11, doubleData: [...data] }),
  'another file': () => ({ dataType: 1, dataLocation: 1 }),
};

/** From TensorFlow's `[height, width, in, out]` to ONNX's `[out, in, height, width]`. */
function channelsFirst({ shape: [height, width, inputs, outputs], data }: StoredTensor): StoredTensor {
  const moved = new Float32Array(data.length);
  for (let place = 0, from = 0; place < height * width; place++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++) moved[(o * inputs + i) * height * width + place] = data[from++];
  return { shape: [outputs, inputs, height, width], data: moved };
}

/** An ONNX file of a SqueezeNet for pictures of `size` pixels. */
export function squeezenetOnnx(
  version: '1.0' | '1.1',
  weights: Record<string, StoredTensor>,
  size: number,
  dialect: Dialect = {},
): Uint8Array {
  const { storage = 'raw', place = 'initializer', names = 'named', mean = 'GlobalAveragePool' } = dialect;
  const nodes: PlainNode[] = [];
  const initializer: object[] = [];
  const weightInputs: object[] = [];
  let count = 0;

  const add = (opType: string, input: string[], attribute: object[] = []): string => {
    const output = `v${count++}`;
    nodes.push({
      name: names === 'named' ? `${opType}_${output}` : '',
      opType,
      input,
      output: [output],
      attribute,
    });
    return output;
  };
  const ints = (name: string, values: number[]): object => ({ name, type: 7, ints: values });

  const weight = (name: string): string => {
    const stored = weights[name];
    const { shape, data } = stored.shape.length === 4 ? channelsFirst(stored) : stored;
    const tensor = { name, dims: shape, ...encoders[storage](data) };
    if (place === 'constant node') return add('Constant', [], [{ name: 'value', type: 4, t: tensor }]);
    initializer.push(tensor);
    if (place === 'initializer and input') weightInputs.push({ name });
    return place === 'identity' ? add('Identity', [name]) : name;
  };
  const convolution = (x: string, name: string, { stride = 1, pad = 0 } = {}): string => {
    const margin =
      dialect.autoPad === true
        ? { name: 'auto_pad', type: 3, s: Buffer.from(pad > 0 ? 'SAME_UPPER' : 'VALID') }
        : ints('pads', [pad, pad, pad, pad]);
    const inputs = [x, weight(`${name}.weight`), weight(`${name}.bias`)];
    return add('Conv', inputs, [ints('strides', [stride, stride]), margin]);
  };
  const relu = (x: string): string => add('Relu', [x]);
  const axis = { name: 'axis', type: 2, i: 1 };

  let x = 'picture';
  for (const [index, kind] of squeezenetModules[version].entries()) {
    if (kind === 'convolution') x = convolution(x, `features.${index}`, { stride: 2 });
    else if (kind === 'relu') x = relu(x);
    else if (kind === 'pool') {
      const ceil = { name: 'ceil_mode', type: 2, i: 1 };
      x = add('MaxPool', [x], [ints('kernel_shape', [3, 3]), ints('strides', [2, 2]), ceil]);
    } else {
      const squeezed = relu(convolution(x, `features.${index}.squeeze`));
      const one = convolution(squeezed, `features.${index}.expand1x1`);
      const three = convolution(squeezed, `features.${index}.expand3x3`, { pad: 1 });
      x =
        dialect.reluAfterConcat === true
          ? relu(add('Concat', [one, three], [axis]))
          : add('Concat', [relu(one), relu(three)], [axis]);
    }
  }
  x = relu(convolution(add('Dropout', [x]), 'classifier.1'));
  x = add(mean, [x], mean === 'AveragePool' ? [ints('kernel_shape', [lastSide(size), lastSide(size)])] : []);
  for (const opType of dialect.tail ?? ['Flatten']) x = add(opType, [x]);
  dialect.edit?.(nodes);

  const sides = [dialect.openBatch === true ? { dimParam: 'N' } : { dimValue: 1 }, 3, size, size];
  const dim = sides.map((side) => (typeof side === 'number' ? { dimValue: side } : side));
  const picture = { name: 'picture', type: { tensorType: { elemType: 1, shape: { dim } } } };
  return encodeModel({
    producerName: 'test',
    opsetImport: [{ domain: '', version: 13 }],
    graph: { node: nodes, initializer, input: [picture, ...weightInputs], output: [{ name: x }] },
  });
}

/** Side of SqueezeNet 1.1's last maps. */
function lastSide(size: number): number {
  let side = Math.floor((size - 3) / 2) + 1;
  for (let pool = 0; pool < 3; pool++) side = Math.ceil((side - 3) / 2) + 1;
  return side;
}
