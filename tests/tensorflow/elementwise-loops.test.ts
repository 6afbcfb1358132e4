import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';

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

  it('concat and split copy every word', async () => {
    await prepareBackend({ backend: 'wasm', threads });
    tf.tidy(() => {
      const sides = [5, 64, 3];
      const parts = sides.map((side) => tf.range(0, 70 * 71 * side).reshape([1, 70, 71, side]));
      for (const axis of [3, -1]) {
        const joined = tf.concat(parts, axis);
        const again = tf.split(joined, sides, axis);
        again.forEach((part, at) => expect(part.dataSync()).toEqual(parts[at].dataSync()));
        const first = 5 + 64 + 3;
        expect([...joined.slice([0, 0, 1, 0], [1, 1, 1, first]).dataSync()].slice(0, 6)).toEqual([
          5, 6, 7, 8, 9, 64,
        ]);
      }
    });
  });
});
