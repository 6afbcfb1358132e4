import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../reference/lib/random.ts';
import { classifierOf } from '../../reference/lib/models/model-file.ts';
import { readSafetensors } from '../../reference/lib/models/safetensors.ts';
import { squeezenet } from '../../reference/lib/models/squeezenet.ts';
import { importOnnx } from '../../models/onnx/import-onnx.ts';
import { parseLabels } from '../../models/cache/labels.ts';
import { randomWeights, weightTensors } from '../reference/models/random-weights.ts';
import { encodeModel, squeezenetOnnx } from './squeezenet-onnx.ts';
import type { Dialect } from './squeezenet-onnx.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const size = 34;
const picture = (): Tensor4D =>
  tf.tensor4d(randomStream('picture').normals(size * size * 3), [1, size, size, 3]);
const stored = { '1.0': randomWeights('1.0'), '1.1': randomWeights('1.1') };

function logitsOf(version: '1.0' | '1.1'): number[] {
  const classNames = ['a', 'b', 'c', 'd'];
  const model = squeezenet(weightTensors(stored[version]), {
    version,
    name: 'own',
    classNames,
    inputSize: size,
  });
  return [...model.logits(picture()).dataSync()];
}

function importedLogits(onnx: Uint8Array): number[] {
  const model = classifierOf(readSafetensors(importOnnx(onnx, { name: 'imported' }).bytes));
  return [...model.logits(picture()).dataSync()];
}

describe('importing ONNX', () => {
  it.each(['1.0', '1.1'] as const)('recognises SqueezeNet %s and keeps every weight', (version) => {
    const onnx = squeezenetOnnx(version, stored[version], size);
    const { bytes, summary } = importOnnx(onnx, { name: 'imported', classNames: ['w', 'x', 'y', 'z'] });
    const { tensors, metadata } = readSafetensors(bytes);
    expect(tensors).toEqual(stored[version]);
    expect(metadata).toMatchObject({
      version,
      name: 'imported',
      inputSize: '34',
      classNames: '["w","x","y","z"]',
    });
    expect(summary).toBe(`SqueezeNet ${version}, 4 classes, 34x34 px, opset 13, exported by test`);
    expect(importedLogits(onnx)).toEqual(logitsOf(version));
  });

  it.each<[string, Dialect]>([
    ['typed values', { storage: 'typed' }],
    ['double values', { storage: 'double' }],
    ['weights that are inputs too, as in the first versions', { place: 'initializer and input' }],
    ['weights in Constant nodes', { place: 'constant node' }],
    ['weights behind an Identity', { place: 'identity' }],
    ['nodes without names', { names: 'unnamed' }],
    ['the ReLU after the concatenation', { reluAfterConcat: true }],
    ['automatic padding', { autoPad: true }],
    ['an AveragePool of the whole map', { mean: 'AveragePool' }],
    ['ReduceMean', { mean: 'ReduceMean', tail: [] }],
    ['any number of pictures', { openBatch: true }],
    ['Reshape, Softmax and Identity at the end', { tail: ['Reshape', 'Softmax', 'Identity'] }],
  ])('takes %s', (_name, dialect) => {
    expect(importedLogits(squeezenetOnnx('1.1', stored['1.1'], size, dialect))).toEqual(logitsOf('1.1'));
  });

  it.each(['half', 'half typed'] as const)('takes weights stored as %s precision', (storage) => {
    const logits = importedLogits(squeezenetOnnx('1.1', stored['1.1'], size, { storage }));
    for (const [i, expected] of logitsOf('1.1').entries()) {
      expect(Math.abs(logits[i] - expected)).toBeLessThan(0.01 * (1 + Math.abs(expected)));
      expect(logits[i]).not.toBe(expected);
    }
  });

  it('refuses a graph whose sizes are not those that it computes itself', () => {
    const edit = (nodes: { opType: string; attribute: object[] }[]) => {
      for (const { opType, attribute } of nodes) if (opType === 'MaxPool') attribute.pop();
    };
    const roundedDown = (side: number) => squeezenetOnnx('1.1', stored['1.1'], side, { edit });
    expect(() => importOnnx(roundedDown(40), { name: 'x' })).toThrow(
      'feature 8 is [2,2,32] here and [1,1,32] in the graph',
    );
    expect(importOnnx(roundedDown(47), { name: 'x' }).summary).toContain('47x47 px');
  });

  it('says that it leaves a Softmax out', () => {
    const onnx = squeezenetOnnx('1.1', stored['1.1'], size, { tail: ['Flatten', 'Softmax'] });
    expect(importOnnx(onnx, { name: 'x' }).summary).toMatch(
      /left out Softmax_v\d+ \(Softmax\), because scores are raw/,
    );
  });

  const renamed =
    (opType: string, to: string, nth = 0) =>
    (nodes: { opType: string }[]) => {
      nodes.filter((node) => node.opType === opType)[nth].opType = to;
    };
  it.each<[string, Dialect, string]>([
    ['another operation', { edit: renamed('Relu', 'Sigmoid') }, '(Sigmoid) is not supported'],
    ['another operation in a fire module', { edit: renamed('Relu', 'Elu', 3) }, '(Elu) is not supported'],
    [
      'another operation at the end',
      { tail: ['Flatten'], edit: renamed('Flatten', 'ArgMax') },
      '(ArgMax) is not supported',
    ],
    [
      'averaging where SqueezeNet pools',
      { edit: renamed('MaxPool', 'AveragePool') },
      '(AveragePool) is not supported',
    ],
    [
      'an operation whose name is part of an expected one',
      { edit: renamed('MaxPool', 'Max') },
      '(Max) is not supported',
    ],
    [
      'a grouped convolution',
      {
        edit: (nodes) =>
          nodes.find(({ opType }) => opType === 'Conv')!.attribute.push({ name: 'group', i: 3 }),
      },
      'a grouped or dilated convolution',
    ],
    [
      'another stride',
      {
        edit: (nodes) =>
          (nodes.find(({ opType }) => opType === 'Conv')!.attribute[0] = { name: 'strides', ints: [1, 1] }),
      },
      'it is 3x3, stride 1, pads 0,0,0,0; features.0 is stride 2, pads 0',
    ],
    [
      'maps the wrong way round',
      { edit: (nodes) => void nodes.find(({ opType }) => opType === 'Concat')!.input.reverse() },
      'puts its 1x1 maps before its 3x3 maps',
    ],
    [
      'pools in other places',
      {
        edit: (nodes) => {
          const first = nodes.find(({ opType }) => opType === 'MaxPool')!;
          nodes.splice(nodes.indexOf(first), 1);
          for (const node of nodes)
            node.input = node.input.map((x) => (x === first.output[0] ? first.input[0] : x));
        },
      },
      "neither SqueezeNet 1.0's nor 1.1's: convolution, relu, fire",
    ],
    [
      'weights in another file',
      { storage: 'another file' },
      'is stored in another file; export the model with its weights inside, from PyTorch with external_data=False',
    ],
    [
      'a weight that is computed',
      { edit: (nodes) => (nodes.find(({ opType }) => opType === 'Conv')!.input[1] = 'elsewhere') },
      'its input elsewhere is not a constant',
    ],
  ])('refuses %s by its name', (_name, dialect, message) => {
    const onnx = squeezenetOnnx('1.1', stored['1.1'], size, dialect);
    expect(() => importOnnx(onnx, { name: 'x' })).toThrow(message);
  });

  it('names the first operation that is not supported, of several', () => {
    const edit = (nodes: { opType: string }[]) => {
      renamed('MaxPool', 'LRN', 0)(nodes);
      renamed('Concat', 'Sum', 0)(nodes);
    };
    const onnx = squeezenetOnnx('1.1', stored['1.1'], size, { edit });
    expect(() => importOnnx(onnx, { name: 'x' })).toThrow(/^LRN|^MaxPool_v\d+ \(LRN\) is not supported/);
  });

  it.each([
    ['an empty file', new Uint8Array()],
    ['a text', new TextEncoder().encode('<!doctype html><title>Not found</title>')],
    ['a graph without nodes', encodeModel({ graph: { node: [] } })],
  ])('refuses %s', (_name, bytes) => {
    expect(() => importOnnx(bytes, { name: 'x' })).toThrow('not an ONNX file');
  });

  it('refuses every cut-off file', () => {
    const onnx = squeezenetOnnx('1.1', stored['1.1'], size);
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      expect(() => importOnnx(onnx.subarray(0, Math.floor(share * onnx.length)), { name: 'x' })).toThrow();
    }
  });

  it('refuses labels of another number', () => {
    const onnx = squeezenetOnnx('1.1', stored['1.1'], size);
    expect(() => importOnnx(onnx, { name: 'x', classNames: ['a'] })).toThrow(
      '4 classes apart, the labels name 1',
    );
  });
});

describe('labels', () => {
  it.each([
    ['a line each', 'cat\ndog\n'],
    ['a line each, from Windows', '\uFEFFcat\r\ndog\r\n'],
    ['a JSON list', '["cat", "dog"]'],
    ['a JSON object in any order', '{"1": "dog", "0": "cat"}'],
    ['a JSON object of lists', '{"0": ["n1", "cat"], "1": ["n2", "dog"]}'],
  ])('may be %s', (_name, text) => {
    expect(parseLabels(text)).toEqual(['cat', 'dog']);
  });

  it.each(['["cat", 3]', '{"cat": 0}', '{"0": "cat", "2": "dog"}', '["cat"'])('may not be %s', (text) => {
    expect(() => parseLabels(text)).toThrow('the labels file');
  });
});
