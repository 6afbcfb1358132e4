import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { compileLoops, instantiateLoops } from '../../grader/tensorflow/wasm/simd/loops.ts';
import { WebAssembly } from '../../grader/tensorflow/wasm/simd/web-assembly.ts';

const SPECIAL = [NaN, 0, -0, Infinity, -Infinity, 1, -1, 1e-40, -1e-40, 3.4e38];
/** Around whole vectors, and enough for several threads. */
const SIZES = [1, 3, 4, 15, 16, 17, 63, 64, 65, 48 * 5, 200_003];

/** The same numbers at every call: small whole ones, so that equal pairs occur, and special ones in all pairs. */
function numbers(size: number, step: number): Float32Array {
  return Float32Array.from({ length: size }, (_, at) =>
    at % 3 === 0 ? SPECIAL[Math.floor(at / step) % SPECIAL.length] : ((at * step) % 7) - 3,
  );
}

const comparisons = {
  equal: (a: number, b: number) => a === b,
  notEqual: (a: number, b: number) => a !== b,
  less: (a: number, b: number) => a < b,
  lessEqual: (a: number, b: number) => a <= b,
  greater: (a: number, b: number) => a > b,
  greaterEqual: (a: number, b: number) => a >= b,
};

const arithmetic = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  maximum: Math.max,
  minimum: Math.min,
};

/** What JavaScript computes for each pair, rounded to float32. */
function expected(f: (a: number, b: number) => number, a: Float32Array, b: Float32Array): Float32Array {
  const size = Math.max(a.length, b.length);
  return Float32Array.from({ length: size }, (_, at) => f(a[at % a.length], b[at % b.length]));
}

/** Values as text, with the sign of zero. */
function differing(actual: Tensor, wanted: Float32Array): string[] {
  const values = actual.dataSync();
  expect(values).toHaveLength(wanted.length);
  const found: string[] = [];
  values.forEach((value, at) => {
    if (!Object.is(value, wanted[at])) found.push(`${at}: ${value}, not ${wanted[at]}`);
  });
  return found.slice(0, 5);
}

describe.each([1, 3])('loops over elements, on %i threads', (threads) => {
  it.each(Object.keys(comparisons) as (keyof typeof comparisons)[])('%s is JavaScript’s', async (name) => {
    await prepareBackend({ backend: 'wasm', threads });
    const compare = (a: number, b: number): number => (comparisons[name](a, b) ? 1 : 0);
    tf.tidy(() => {
      for (const size of SIZES) {
        const [a, b] = [numbers(size, 1), numbers(size, 3)];
        const [x, y] = [tf.tensor(a), tf.tensor(b)];
        expect(tf[name](x, y).dtype).toBe('bool');
        expect(differing(tf[name](x, y), expected(compare, a, b))).toEqual([]);
        for (const one of size > 1000 ? [0, 2] : [...SPECIAL, 2]) {
          const single = Float32Array.of(one);
          expect(differing(tf[name](x, tf.scalar(one)), expected(compare, a, single))).toEqual([]);
          expect(differing(tf[name](tf.scalar(one), x), expected(compare, single, a))).toEqual([]);
        }
      }
    });
  });

  it.each(Object.keys(arithmetic) as (keyof typeof arithmetic)[])(
    '%s of rows is JavaScript’s',
    async (name) => {
      await prepareBackend({ backend: 'wasm', threads });
      tf.tidy(() => {
        for (const length of [1, 3, 4, 5, 15, 16, 17, 96]) {
          for (const rows of [1, 2, 15, 16, 17, 33, 4001]) {
            const [a, b] = [numbers(rows * length, 1), numbers(length, 3)];
            const [x, row] = [tf.tensor(a, [1, rows, length]), tf.tensor(b, [length])];
            expect(differing(tf[name](x, row), expected(arithmetic[name], a, b))).toEqual([]);
            expect(differing(tf[name](row, x), expected(arithmetic[name], b, a))).toEqual([]);
            const plane = tf.tensor(a, [rows, length]);
            const twice = numbers(2 * a.length, 5);
            const stacked = tf.tensor(twice, [2, rows, length]);
            expect(differing(tf[name](stacked, plane), expected(arithmetic[name], twice, a))).toEqual([]);
          }
        }
      });
    },
  );

  it('where chooses words', async () => {
    await prepareBackend({ backend: 'wasm', threads });
    tf.tidy(() => {
      for (const size of SIZES) {
        const [a, b] = [numbers(size, 1), numbers(size, 3)];
        const holds = Array.from({ length: size }, (_, at) => at % 5 < 2);
        const wanted = Float32Array.from({ length: size }, (_, at) => (holds[at] ? a[at] : b[at]));
        const condition = tf.tensor(holds, [size], 'bool');
        expect(differing(tf.where(condition, tf.tensor(a), tf.tensor(b)), wanted)).toEqual([]);
        const whole = wanted.map((value) => (Number.isFinite(value) ? Math.trunc(value) : 7) % 100);
        const int = tf.tensor(whole, [size], 'int32');
        expect(
          differing(
            tf.where(condition, int, tf.zerosLike(int)),
            whole.map((value, at) => (holds[at] ? value : 0) + 0),
          ),
        ).toEqual([]);
      }
    });
  });

  it('concat and split copy every word, along any axis', async () => {
    await prepareBackend({ backend: 'wasm', threads });
    tf.tidy(() => {
      const shape = [3, 40, 41, 32];
      for (const axis of [0, 1, 2, 3]) {
        const sizes = [5, 32, 3];
        const shapes = sizes.map((size) => shape.map((dimension, at) => (at === axis ? size : dimension)));
        const parts = shapes.map((one) => tf.range(0, tf.util.sizeFromShape(one)).reshape(one));
        const joined = tf.concat(parts, axis);
        tf.split(joined, sizes, axis).forEach((part, at) => {
          expect(part.dataSync()).toEqual(parts[at].dataSync());
        });
        const values = joined.dataSync();
        const inner = tf.util.sizeFromShape(shape.slice(axis + 1));
        expect([...values.slice(0, 3)]).toEqual([0, 1, 2]);
        expect([...values.slice(5 * inner, 5 * inner + 3)]).toEqual([0, 1, 2]);
      }
    });
  });

  it('slice copies a box of any shape', async () => {
    await prepareBackend({ backend: 'wasm', threads });
    tf.tidy(() => {
      const shape = [4, 50, 20, 17];
      const x = tf.range(0, tf.util.sizeFromShape(shape)).reshape(shape);
      const boxes = [
        [
          [0, 0, 0, 3],
          [4, 50, 20, 9],
        ],
        [
          [0, 0, 2, 0],
          [4, 50, 18, 17],
        ],
        [
          [1, 0, 0, 16],
          [2, 50, 20, 1],
        ],
        [
          [0, 7, 1, 2],
          [4, 40, 19, 15],
        ],
        [
          [2, 0, 0, 0],
          [2, 50, 20, 17],
        ],
        [
          [3, 49, 19, 16],
          [1, 1, 1, 1],
        ],
      ];
      for (const [begin, size] of boxes) {
        const wanted = Float32Array.from({ length: tf.util.sizeFromShape(size) }, (_, index) => {
          let rest = index;
          let at = 0;
          for (let axis = 3; axis >= 0; axis--) {
            at += (begin[axis] + (rest % size[axis])) * tf.util.sizeFromShape(shape.slice(axis + 1));
            rest = Math.floor(rest / size[axis]);
          }
          return at;
        });
        expect(differing(x.slice(begin, size), wanted)).toEqual([]);
      }
    });
  });
});

it('loops go on beyond the middle of the address space', () => {
  const middle = 2 ** 31;
  const pages = 2 ** 15 + 16;
  // Only pages that are touched take memory.
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const loops = instantiateLoops(compileLoops(memory));
  const count = 64;
  const floats = (address: number): Float32Array => new Float32Array(memory.buffer, address, count);
  const truths = (address: number): number[] => [...new Uint8Array(memory.buffer, address, count)];
  const [across, forty, to] = [middle - 128, middle - 4096, middle + 4096];
  const values = Float32Array.from({ length: count }, (_, index) => index);
  floats(across).set(values);
  floats(forty).fill(40);
  const larger = [...values].map((value) => (value > 40 ? 1 : 0));

  loops.greater(across, forty, to, count * 4);
  expect(truths(to)).toEqual(larger);
  loops.greaterOne(across, new Int32Array(Float32Array.of(40).buffer)[0], to + 256, count * 4);
  expect(truths(to + 256)).toEqual(larger);
  const holds = middle - 32;
  new Uint8Array(memory.buffer, holds, count).set(larger);
  floats(to + 512).set(values);
  loops.chooseWords(holds, to + 512, forty, to + 1024, count);
  expect([...floats(to + 1024)]).toEqual([...values].map((value) => Math.max(40, value)));
});
