import type { Disagreement, Mismatch, WorstValue } from './comparison.ts';

/** What {@link describeMismatch} puts into words. */
export interface MismatchDescription {
  readonly mismatch: Mismatch;
  /** The tolerances that were applied, for the text. */
  readonly atol: number;
  readonly rtol: number;
}

/**
 * One line for the student, with values: for public cases only.
 * `shape [2,64,64] ok; 37 of 8192 values differ by more than 1e-5 + 1e-4*|expected|; worst at [0,17,40]: expected
 * 0.412, received 0.824 (x2.00)`.
 */
export function describeMismatch({ mismatch, atol, rtol }: MismatchDescription): string {
  switch (mismatch.kind) {
    case 'dtype':
      return `dtype ${mismatch.received}, expected ${mismatch.expected}`;
    case 'shape':
      return `shape ${bracketed(mismatch.received)}, expected ${bracketed(mismatch.expected)}${shapeRemark(mismatch)}`;
    case 'not-finite': {
      const { count, size, first, shape } = mismatch;
      const what = Number.isFinite(first.expected)
        ? `${ofAll({ count, size })} NaN or infinite`
        : `${ofAll({ count, size })} in the wrong place among NaN, infinities and numbers`;
      return `shape ${bracketed(shape)} ok; ${what}; first at ${bracketed(first.index)}: ${bothValues(first)}`;
    }
    case 'values': {
      const { count, size, worst, shape, exact } = mismatch;
      const verb = count === 1 ? 'differs' : 'differ';
      const many = `${count} of ${size} ${size === 1 ? 'value' : 'values'} ${verb}`;
      const tolerance = exact ? '' : ` by more than ${toleranceText({ atol, rtol })}`;
      return `shape ${bracketed(shape)} ok; ${many}${tolerance}; worst at ${bracketed(worst.index)}: ${bothValues(worst)}${ratioText(worst)}`;
    }
  }
}

/** One line that gives away nothing but the kind of the mistake: for private cases. */
export function describeMismatchKind(mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'dtype':
      return 'wrong dtype';
    case 'shape':
      return 'wrong shape';
    case 'not-finite':
      return 'not finite';
    case 'values':
      return 'values differ';
  }
}

/** A small number as people write it: `1e-5`, `0.02`, `0`. */
function toleranceText({ atol, rtol }: { atol: number; rtol: number }): string {
  return `${shortNumber(atol)} + ${shortNumber(rtol)}*|expected|`;
}

const bracketed = (numbers: readonly number[]): string => `[${numbers.join(',')}]`;

function ofAll({ count, size }: { count: number; size: number }): string {
  return `${count} of ${size} ${size === 1 ? 'value' : 'values'} ${count === 1 ? 'is' : 'are'}`;
}

function shapeRemark({
  expected,
  received,
}: {
  expected: readonly number[];
  received: readonly number[];
}): string {
  if (expected.length !== received.length) {
    return ` (${received.length} ${received.length === 1 ? 'dimension' : 'dimensions'} instead of ${expected.length})`;
  }
  const sorted = (shape: readonly number[]): string => bracketed(shape.toSorted((a, b) => a - b));
  return sorted(expected) === sorted(received) ? ' (the right sides in the wrong order)' : '';
}

/** Both values with as many digits as it takes to see that they differ, three at least. */
function bothValues({ expected, received }: Disagreement): string {
  for (let digits = 3; digits <= 9; digits++) {
    const pair = [significant(expected, digits), significant(received, digits)];
    if (pair[0] !== pair[1]) return `expected ${pair[0]}, received ${pair[1]}`;
  }
  return `expected ${expected}, received ${received}`;
}

function significant(x: number, digits: number): string {
  if (!Number.isFinite(x) || x === 0) return String(x);
  const whole = Number.isInteger(x) && Math.abs(x) < 1e9;
  return whole ? String(x) : shortNumber(Number(x.toPrecision(digits)));
}

function shortNumber(x: number): string {
  const size = Math.abs(x);
  return size !== 0 && (size < 1e-3 || size >= 1e9) ? x.toExponential() : String(x);
}

/** `(x2.00)` where the ratio says something: not beside zeros and not a thousandfold. */
function ratioText({ ratio }: WorstValue): string {
  if (ratio === undefined || Math.abs(ratio) < 1e-3 || Math.abs(ratio) >= 1e4) return '';
  const size = Math.abs(ratio);
  const near = Math.abs(size - 1) < 0.005;
  return ` (x${near ? ratio.toPrecision(6) : size < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2)})`;
}
