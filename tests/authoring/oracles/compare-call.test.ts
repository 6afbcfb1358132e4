import { describe, expect, it } from 'vitest';
import { compareCall, isComparable, relativeError } from '../../../authoring/oracles/compare-call.ts';
import { floats } from '../../../grader/format/literals.ts';
import type { ValueTree } from '../../../grader/format/value-tree.ts';

const numbers = (...values: number[]) => floats([values.length], values);

/** A call whose result is one tensor, in the fixtures and in runs of PyTorch. */
function compared(expected: number[], ...runs: number[][]) {
  const names = runs.map((_, i) => `run-${i}`);
  return compareCall({
    id: 'part/case/call',
    name: 'f',
    expected: { value: { tensor: 'a' }, tensors: { a: numbers(...expected) } },
    made: { runs: names.map((tensor) => ({ value: { tensor } })), gates: 10, flips: 1 },
    tensors: Object.fromEntries(names.map((name, i) => [name, numbers(...runs[i])])),
  });
}

describe('the relative error of a tensor', () => {
  it('is the largest difference over the largest magnitude', () => {
    expect(relativeError(numbers(1, -4, 0), numbers(1, -4, 0.5))).toBe(0.125);
    expect(relativeError(numbers(0, 0), numbers(0, 0))).toBe(0);
  });

  it('is infinite where nothing, another shape or NaN came', () => {
    expect(relativeError(numbers(1), undefined)).toBe(Infinity);
    expect(relativeError(numbers(1), floats([1, 1], [1]))).toBe(Infinity);
    expect(relativeError(numbers(1), numbers(NaN))).toBe(Infinity);
    expect(relativeError(numbers(0), numbers(1e-9))).toBe(Infinity);
  });
});

describe('a call beside PyTorch’s', () => {
  it.each([
    [
      'agrees within 1e-5',
      [1, 2],
      [
        [1, 2.00001],
        [1, 2.00001],
      ],
      'agrees',
    ],
    [
      'differs beyond',
      [1, 2],
      [
        [1, 2.0001],
        [1, 2.0001],
      ],
      'differs',
    ],
    [
      'is excused where rounding carries it as far',
      [1, 2],
      [
        [1, 2.0001],
        [1, 2.0002],
      ],
      'rounding',
    ],
    [
      'is not excused where it is much further',
      [1, 2],
      [
        [1, 2.01],
        [1, 2.0102],
      ],
      'differs',
    ],
    [
      'cannot be told where rounding carries it anywhere',
      [1, 2],
      [
        [1, 3],
        [1, 1],
      ],
      'untold',
    ],
    [
      'differs where PyTorch has another shape, whatever rounding does',
      [1, 2],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      'differs',
    ],
  ])('%s', (_, expected, runs, agreement) => {
    expect(compared(expected, ...runs)).toMatchObject({ agreement, values: 2, gates: 10, flips: 1 });
  });

  it('counts the numbers that are apart', () => {
    const runs = [
      [1, 2, 0.00001],
      [1, 2, 0],
    ];
    expect(compared([1, 2.00003, 0], ...runs).apart).toBe(1);
    expect(compared([1.1, 2, 0.5], ...runs).apart).toBe(2);
    expect(compared([1, 2], ...runs).apart).toBe(2);
  });

  it('is compared in all that the fixtures hold, gradient included', () => {
    const value: ValueTree = {
      record: {
        loss: { number: 3 },
        maps: { list: [{ tensor: 'a' }, { other: 'not stored' }] },
        done: { boolean: true },
      },
    };
    const run = (loss: number, done: boolean): { value: ValueTree; gradient: string } => ({
      value: {
        record: { loss: { number: loss }, maps: { list: [{ tensor: 'b' }] }, done: { boolean: done } },
      },
      gradient: 'g',
    });
    const of = (loss: number, done: boolean, slope: number) =>
      compareCall({
        id: 'part/case/call',
        name: 'f',
        expected: { value, tensors: { a: numbers(1), slope: numbers(2, 4) }, gradient: 'slope' },
        made: { runs: [run(loss, done), run(loss, done)], gates: 0, flips: 0 },
        tensors: { b: numbers(1), g: numbers(2, slope) },
      });
    expect(of(3, true, 4)).toMatchObject({ agreement: 'agrees', values: 5 });
    expect(of(3.1, true, 4).agreement).toBe('differs');
    expect(of(3, false, 4).agreement).toBe('differs');
    expect(of(3, true, 4.1).agreement).toBe('differs');
  });

  it('is not compared where the fixtures hold nothing', () => {
    const nothing: ValueTree = { record: { image: { other: 'not stored' } } };
    expect(isComparable({ value: nothing, tensors: {} })).toBe(false);
    expect(isComparable({ value: { list: [nothing, { number: 1 }] }, tensors: {} })).toBe(true);
    expect(isComparable({ value: nothing, tensors: {}, gradient: 'g' })).toBe(true);
  });
});
