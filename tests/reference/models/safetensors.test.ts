import * as tf from '@tensorflow/tfjs';
import { assert, float, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../../grader/format/safetensors.ts';
import { halfToNumber, numberToHalf } from '../../../reference/lib/models/half-float.ts';
import { classifierOf, describeModel } from '../../../reference/lib/models/model-file.ts';
import { readSafetensors, writeSafetensors } from '../../../reference/lib/models/safetensors.ts';
import { randomWeights } from './random-weights.ts';

describe('half floats', () => {
  it.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x3555, 0.333251953125],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
  ])('%i means %d', (bits, number) => {
    expect(halfToNumber(bits)).toBe(number);
    expect(numberToHalf(number)).toBe(bits);
  });

  it('come back from every bit pattern but NaN, whose payload is lost', () => {
    const lost = Array.from({ length: 0x10000 }, (_, bits) => bits).filter(
      (bits) => numberToHalf(halfToNumber(bits)) !== bits,
    );
    expect(lost.every((bits) => Number.isNaN(halfToNumber(bits)))).toBe(true);
    expect(lost).toHaveLength(2 * 1023 - 1);
  });

  it('are the nearest there are, ties to even', () => {
    expect(numberToHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(numberToHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(numberToHalf(2 - 2 ** -12)).toBe(0x4000);
    expect(numberToHalf(65519)).toBe(0x7bff);
    expect(numberToHalf(65520)).toBe(0x7c00);
    assert(
      property(float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const near = numberToHalf(value);
        const error = Math.abs(halfToNumber(near) - value);
        const size = near & 0x7fff;
        for (const other of [size - 1, size + 1]) {
          if (other < 0 || other > 0x7bff) continue;
          expect(error).toBeLessThanOrEqual(Math.abs(halfToNumber((near & 0x8000) | other) - value));
        }
      }),
    );
  });
});

describe('safetensors', () => {
  const tensors = {
    b: { shape: [2, 2], data: Float32Array.of(1, -2.5, 0, 1e-3) },
    a: { shape: [], data: Float32Array.of(7) },
  };
  const metadata = { name: 'zwölf' };

  it('come back as they were, with their texts', () => {
    const read = readSafetensors(writeSafetensors({ tensors, metadata }, { precision: 'F32' }));
    expect(read).toEqual({ tensors, metadata });
  });

  it('are read alike by the grader', () => {
    const bytes = writeSafetensors({ tensors, metadata }, { precision: 'F32' });
    expect(decodeSafetensors(bytes)).toEqual({
      a: { dtype: 'float32', ...tensors.a },
      b: { dtype: 'float32', ...tensors.b },
    });
  });

  it('take half the room as F16 and lose at most one part in 2,048', () => {
    const bytes = writeSafetensors({ tensors, metadata }, { precision: 'F16' });
    const { b } = readSafetensors(bytes).tensors;
    expect([...b.data.subarray(0, 3)]).toEqual([1, -2.5, 0]);
    expect(Math.abs(b.data[3] / 1e-3 - 1)).toBeLessThan(1 / 2048);
    expect(bytes.length).toBe(writeSafetensors({ tensors, metadata }, { precision: 'F32' }).length - 10);
  });

  it.each([
    ['nothing', (bytes: Uint8Array) => bytes.subarray(0, 0), 'not a safetensors file'],
    ['a cut-off header', (bytes: Uint8Array) => bytes.subarray(0, 40), 'cut off'],
    [
      'cut-off values',
      (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1),
      'cut off: the file ends before tensor',
    ],
    ['another header', (bytes: Uint8Array) => bytes.map((b, i) => (i === 8 ? 0x20 : b)), 'is no JSON'],
  ])('refuse %s', (_name, damage, message) => {
    const bytes = writeSafetensors({ tensors, metadata }, { precision: 'F32' });
    expect(() => readSafetensors(damage(bytes))).toThrow(message);
  });
});

describe('a model file', () => {
  const options = {
    version: '1.1',
    name: 'narrow',
    classNames: ['a', 'b', 'c', 'd'],
    inputSize: 32,
  } as const;

  it('holds all that a classifier needs, and frees its weights when told', async () => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    tf.engine().startScope();
    const model = classifierOf({ tensors: randomWeights('1.1'), metadata: describeModel(options) });
    tf.engine().endScope();
    expect(model).toMatchObject({ name: 'narrow', classNames: options.classNames, inputSize: 32 });
    const logits = model.logits(tf.zeros([1, 32, 32, 3]));
    expect(logits.shape).toEqual([1, 4]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before + 2);
  });

  it('frees its weights when they do not fit', () => {
    const before = tf.memory().numTensors;
    const { 'features.0.bias': removed, ...tensors } = randomWeights('1.1');
    expect(removed.shape).toEqual([8]);
    expect(() => classifierOf({ tensors, metadata: describeModel(options) })).toThrow('lack features.0.bias');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is refused when it holds another network', () => {
    expect(() => classifierOf({ tensors: {}, metadata: { architecture: 'vgg', version: '16' } })).toThrow(
      'expected a SqueezeNet 1.0 or 1.1, got architecture vgg, version 16',
    );
  });
});
