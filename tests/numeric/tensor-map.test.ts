import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapTensors } from '../../grader/numeric/index.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';

const tensor = (shape: readonly number[], value: (i: number) => number): TensorData => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i)),
});
const map = (expected: TensorData, received: TensorData) =>
  mapTensors({ expected, received, atol: 0.1, rtol: 0 });

describe('a map of two tensors', () => {
  it('shows the plane with the worst value, along the longest dimensions', () => {
    const expected = tensor([2, 4, 5, 3], () => 1);
    const off = 60 + 3 * 15 + 2 * 3 + 1; // [1, 3, 2, 1]
    const shown = map(
      expected,
      tensor([2, 4, 5, 3], (i) => (i === off ? 3 : i === 0 ? 1.2 : 1)),
    )!;
    expect(shown.expected.plane).toMatchObject({ axes: [1, 'down', 'across', 1], rows: 4, columns: 5 });
    expect(shown.worst).toEqual({ index: [1, 3, 2, 1], cell: 17, expected: 1, received: 3 });
    expect(shown.difference![17]).toBe(2);
    expect([...shown.difference!].filter((one) => one !== 0)).toHaveLength(1);
    expect(shown.planes).toEqual({ count: 6, differing: 2 });
    expect(shown.timesAllowed).toEqual([118, 1, 1, 0, 0]);
  });

  it('is bounded in size, and no wrong value is lost in it', () => {
    const shown = map(
      tensor([300, 200], (i) => i % 7),
      tensor([300, 200], (i) => (i % 7) + (i === 12_345 ? 1 : 0)),
    )!;
    expect(shown.expected.plane).toMatchObject({ block: 5, rows: 60, columns: 40 });
    expect(shown.expected.cells).toHaveLength(2400);
    // Row 61, column 145.
    expect(shown.worst!.cell).toBe(12 * 40 + 29);
    expect(shown.difference![shown.worst!.cell]).toBe(1);
  });

  it('shows each tensor as it is where the shapes differ', () => {
    const shown = map(
      tensor([2, 3], (i) => i),
      tensor([3, 2], (i) => -i),
    )!;
    expect(shown.difference).toBeUndefined();
    expect(shown.received).toMatchObject({ plane: { rows: 3, columns: 2 } });
    expect([...shown.received.cells]).toEqual([0, -1, -2, -3, -4, -5]);
  });

  it('takes NaN for the worst there is, but not where NaN is expected', () => {
    const shown = map(
      tensor([4], (i) => (i === 1 ? NaN : i)),
      tensor([4], (i) => (i === 1 || i === 2 ? NaN : i + 50)),
    )!;
    expect(shown.worst!.index).toEqual([2]);
    expect([...shown.difference!]).toEqual([50, 0, NaN, 50]);
    expect(shown.timesAllowed).toEqual([1, 0, 0, 2, 1]);
    expect(shown.spread).toMatchObject({ lowest: 0, highest: 53 });
  });

  it('allows integers no difference', () => {
    const int = (values: number[]): TensorData => ({
      dtype: 'int32',
      shape: [2],
      data: Int32Array.from(values),
    });
    expect(map(int([1, 2]), int([1, 3]))!.timesAllowed).toEqual([1, 0, 0, 0, 1]);
  });

  it.each([
    ['a number', []],
    ['an empty tensor', [0, 3]],
  ])('there is none of %s', (_, shape) => {
    expect(
      map(
        tensor(shape, () => 1),
        tensor(shape, () => 2),
      ),
    ).toBeUndefined();
  });

  it('counts how values are spread', () => {
    const { spread } = map(
      tensor([48], (i) => i),
      tensor([48], () => 47),
    )!;
    expect(spread!.expected).toEqual(Array.from({ length: 24 }, () => 2));
    expect(spread!.received).toEqual([...Array.from({ length: 23 }, () => 0), 48]);
  });
});

it('maps whatever tensors there are, within bounds', () => {
  const anyTensor = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }).chain((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return fc
      .float32Array({ minLength: size, maxLength: size })
      .map((data): TensorData => ({ dtype: 'float32', shape, data }));
  });
  const pair = fc.oneof(
    fc.tuple(anyTensor, anyTensor),
    anyTensor.chain((one) =>
      fc
        .float32Array({ minLength: one.data.length, maxLength: one.data.length })
        .map((data): [TensorData, TensorData] => [one, { ...one, data }]),
    ),
  );
  fc.assert(
    fc.property(pair, ([expected, received]) => {
      const shown = map(expected, received);
      if (!shown) return;
      for (const { plane, cells } of [shown.expected, shown.received]) {
        expect(cells).toHaveLength(plane.rows * plane.columns);
        expect(Math.max(plane.rows, plane.columns)).toBeLessThanOrEqual(64);
      }
      if (!shown.difference) return;
      expect(shown.difference).toHaveLength(shown.expected.cells.length);
      expect(shown.expected.cells[shown.worst!.cell]).toBe(shown.worst!.expected);
      expect(shown.timesAllowed!.reduce((a, b) => a + b)).toBe(expected.data.length);
      expect(shown.planes!.differing).toBeLessThanOrEqual(shown.planes!.count);
    }),
  );
});
