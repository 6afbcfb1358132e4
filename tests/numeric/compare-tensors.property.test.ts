import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { sizeOf } from '../../grader/format/tensor-data.ts';
import { compareTensors } from '../../grader/numeric/compare-tensors.ts';
import { indexAt } from '../../grader/numeric/tensor-layout.ts';
import { RUNS, anyShape, anyTensor, finiteFloat, finiteTensor, float32, withValue } from './tensors.ts';

const tolerance = fc.double({ min: 0, max: 1, noNaN: true });
/** Two finite tensors of one shape. */
const pair = finiteTensor.chain((expected) =>
  fc
    .array(finiteFloat, { minLength: expected.data.length, maxLength: expected.data.length })
    .map((values) => ({ actual: float32(expected.shape, values), expected })),
);
const pick = (tensor: TensorData, nat: number): number => nat % tensor.data.length;

describe('compareTensors', () => {
  it('takes every tensor as equal to a copy of itself, without any tolerance', () => {
    fc.assert(
      fc.property(anyTensor, (tensor) => {
        const copy = { ...tensor, shape: [...tensor.shape], data: tensor.data.slice() };
        expect(compareTensors({ actual: copy, expected: tensor, atol: 0, rtol: 0 })).toEqual({
          equal: true,
          relativeError: 0,
          worstUse: 0,
        });
      }),
      RUNS,
    );
  });

  it('agrees with the definition, element by element', () => {
    fc.assert(
      fc.property(pair, tolerance, tolerance, ({ actual, expected }, atol, rtol) => {
        const beyond = [...expected.data].filter(
          (y, i) => Math.abs(actual.data[i] - y) > atol + rtol * Math.abs(y),
        );
        const comparison = compareTensors({ actual, expected, atol, rtol });
        expect(comparison.equal).toBe(beyond.length === 0);
        expect(comparison.worstUse! <= 1).toBe(comparison.equal);
        if (!comparison.equal)
          expect(comparison.reason).toMatchObject({ kind: 'values', count: beyond.length });
      }),
      RUNS,
    );
  });

  it('passes exactly at the tolerance and fails one float32 step beyond it, above and below', () => {
    // Whole numbers, so that expected, tolerance and their sum are exact.
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom(0, 0.25, 1),
        fc.constantFrom(1, -1),
        (expected, atol, rtol, side) => {
          const edge = expected + side * (atol + rtol * Math.abs(expected));
          // Beside 0 the steps are too small to survive the subtraction.
          fc.pre(edge !== 0);
          const at = (value: number) =>
            compareTensors({ actual: float32([], [value]), expected: float32([], [expected]), atol, rtol });
          expect(at(edge)).toMatchObject({ equal: true, worstUse: 1 });
          expect(at(nextFloat(edge, side)).equal).toBe(false);
          expect(at(nextFloat(edge, -side)).equal).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('never grows stricter as a tolerance grows', () => {
    fc.assert(
      fc.property(
        pair,
        tolerance,
        tolerance,
        tolerance,
        tolerance,
        (tensors, atol, rtol, moreAtol, moreRtol) => {
          const strict = compareTensors({ ...tensors, atol, rtol });
          const lax = compareTensors({ ...tensors, atol: atol + moreAtol, rtol: rtol + moreRtol });
          expect(lax.worstUse!).toBeLessThanOrEqual(strict.worstUse!);
          expect(lax.relativeError).toBe(strict.relativeError);
          if (strict.equal) expect(lax.equal).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('gives the same verdict without rtol with the two sides exchanged, and an error that grows with the difference', () => {
    fc.assert(
      fc.property(pair, tolerance, ({ actual, expected }, atol) => {
        const there = compareTensors({ actual, expected, atol, rtol: 0 });
        const back = compareTensors({ actual: expected, expected: actual, atol, rtol: 0 });
        expect(back.equal).toBe(there.equal);
        expect(there.relativeError).toBeGreaterThanOrEqual(0);
        // Halfway to the expected values the error by norm is half as large.
        const middle = Float32Array.from(actual.data, (value, i) => value / 2 + expected.data[i] / 2);
        const half = compareTensors({ actual: { ...actual, data: middle }, expected, atol, rtol: 0 });
        if (Number.isFinite(there.relativeError)) {
          expect(half.relativeError).toBeLessThanOrEqual(there.relativeError! * 0.51 + 1e-6);
        }
      }),
      RUNS,
    );
  });

  it('sees the same kind of mismatch with the two sides exchanged', () => {
    fc.assert(
      fc.property(anyTensor, anyTensor, (a, b) => {
        const kind = (actual: TensorData, expected: TensorData): string => {
          const comparison = compareTensors({ actual, expected, atol: 0, rtol: 0 });
          return comparison.equal ? 'equal' : comparison.reason.kind;
        };
        expect(kind(a, b)).toBe(kind(b, a));
      }),
      RUNS,
    );
  });

  it('never takes a permuted shape as equal, even where all values agree', () => {
    fc.assert(
      fc.property(anyTensor, fc.nat(), (tensor, rotation) => {
        const cut = tensor.shape.length === 0 ? 0 : rotation % tensor.shape.length;
        const shape = [...tensor.shape.slice(cut), ...tensor.shape.slice(0, cut)];
        fc.pre(shape.some((side, axis) => side !== tensor.shape[axis]));
        const comparison = compareTensors({
          actual: { ...tensor, shape },
          expected: tensor,
          atol: 1,
          rtol: 1,
        });
        expect(comparison).toMatchObject({ equal: false, reason: { kind: 'shape' } });
      }),
      RUNS,
    );
  });

  it('finds a NaN or an infinity wherever it is put, however wide the tolerance', () => {
    fc.assert(
      fc.property(
        finiteTensor,
        fc.nat(),
        fc.constantFrom(NaN, Infinity, -Infinity),
        (expected, nat, value) => {
          const offset = pick(expected, nat);
          const comparison = compareTensors({
            actual: withValue(expected, offset, value),
            expected,
            atol: 1e300,
            rtol: 1e300,
          });
          const first = {
            index: indexAt({ offset, shape: expected.shape }),
            expected: expected.data[offset],
            received: value,
          };
          expect(comparison).toMatchObject({ equal: false, reason: { kind: 'not-finite', count: 1, first } });
        },
      ),
      RUNS,
    );
  });

  it('names the one value that was changed', () => {
    fc.assert(
      fc.property(finiteTensor, fc.nat(), finiteFloat, (expected, nat, value) => {
        const offset = pick(expected, nat);
        const before = expected.data[offset];
        fc.pre(before !== value);
        const comparison = compareTensors({
          actual: withValue(expected, offset, value),
          expected,
          atol: 0,
          rtol: 0,
        });
        const worst = {
          index: indexAt({ offset, shape: expected.shape }),
          expected: before,
          received: value,
        };
        expect(comparison).toMatchObject({ equal: false, reason: { kind: 'values', count: 1, worst } });
      }),
      RUNS,
    );
  });

  it('changes neither tensor', () => {
    fc.assert(
      fc.property(pair, ({ actual, expected }) => {
        const before = [...actual.data, ...expected.data];
        compareTensors({ actual, expected, atol: 0, rtol: 0 });
        expect([...actual.data, ...expected.data]).toEqual(before);
      }),
      RUNS,
    );
  });
});

describe('indexAt', () => {
  it('is the inverse of the row-major offset, inside the shape', () => {
    fc.assert(
      fc.property(anyShape, fc.nat(), (shape, nat) => {
        const size = sizeOf(shape);
        fc.pre(size > 0);
        const offset = nat % size;
        const index = indexAt({ offset, shape });
        expect(index).toHaveLength(shape.length);
        expect(index.every((i, axis) => i >= 0 && i < shape[axis])).toBe(true);
        expect(index.reduce((sum, i, axis) => sum * shape[axis] + i, 0)).toBe(offset);
      }),
      RUNS,
    );
  });
});

/** The float32 number next to `x`, away from 0 on the given side of the number line. */
function nextFloat(x: number, side: number): number {
  const float = Float32Array.of(x);
  const bits = new Int32Array(float.buffer);
  if (x === 0) return side * 2 ** -149;
  bits[0] += Math.sign(x) === side ? 1 : -1;
  return float[0];
}
