import { describe, expect, it } from 'vitest';
import { GraderError } from '../../grader/format/errors.ts';
import { check, lines } from './check.ts';

const TEMPLATE = `import * as tf from '@tensorflow/tfjs';
import { NotImplementedError } from '../contract/error.ts';

/** Pixels. */
const RANGE = { min: -2.1, max: 2.6 };

export interface Options {
  readonly steps: number;
  rate?: number;
}

function clamp(x: number): number {
  // Keeps it in range.
  return Math.min(RANGE.max, Math.max(RANGE.min, x));
}

export function solve(x: number, options: Options): number {
  // TODO: solve it.
  throw new NotImplementedError('solve');
}

export class Solver {
  readonly name = 'plain';
  step(x: number): number {
    throw new NotImplementedError('step');
  }
  run(x: number): number {
    return this.step(clamp(x));
  }
}

export function given(x: number): number {
  return tidy(() => {
    throw new NotImplementedError('given');
  });
}

RANGE.min *= 2;
`;
const SOLVED = TEMPLATE.replace("throw new NotImplementedError('solve');", 'return clamp(x) * options.steps;')
  .replace("throw new NotImplementedError('step');", 'const y = x + 1;\n    return y / 2;')
  .replace("throw new NotImplementedError('given');", 'return x;')
  .replace("import { NotImplementedError } from '../contract/error.ts';\n", '');

const changes = (from: string, to: string): string[] => {
  expect(SOLVED).toContain(from);
  return lines(check(SOLVED.replace(from, to), { rules: ['given-code'], templateText: TEMPLATE }));
};

describe('the rule given-code', () => {
  it('finds nothing in the template itself and in a solution', () => {
    expect(check(TEMPLATE, { rules: ['given-code'], templateText: TEMPLATE })).toEqual([]);
    expect(changes('', '')).toEqual([]);
  });

  const fine: [string, string, string][] = [
    ['a helper', 'function clamp', 'const HELP = 1;\nfunction helper() { return HELP; }\nfunction clamp'],
    [
      'more imports, and fewer',
      "import * as tf from '@tensorflow/tfjs';",
      "import { square } from '@tensorflow/tfjs';\nimport '../lib/tool.ts';",
    ],
    [
      'comments and layout',
      'return Math.min(RANGE.max, Math.max(RANGE.min, x));',
      'return Math.min(\n  RANGE.max, // top\n  Math.max(RANGE.min, x),\n)',
    ],
    ['other quotes', "'plain'", '"plain"'],
    ['a method in a class with a stub', 'return y / 2;', 'return this.half(y);'],
    ['the body of the function around a stub in a callback', 'return tidy(() => {', 'return keep(() => {'],
  ];
  it.each(fine)('accepts %s', (_, from, to) => {
    expect(changes(from, to)).toEqual([]);
  });

  it('accepts given statements in another order', () => {
    const moved = `RANGE.min *= 2;\n${SOLVED.replace('RANGE.min *= 2;\n', '')}`;
    expect(check(moved, { rules: ['given-code'], templateText: TEMPLATE })).toEqual([]);
  });

  const wrong: [string, string, string, string][] = [
    [
      'a changed constant',
      'max: 2.6',
      'max: 26',
      '4:33 the given `RANGE` was changed: expected `2.6`, found `26`; put it back',
    ],
    [
      'a changed function',
      'Math.min(RANGE.max',
      'Math.max(RANGE.max',
      '13:15 the given `clamp` was changed: expected `min`, found `max`; put it back',
    ],
    [
      'a line more in a given function',
      '// Keeps it in range.',
      'x *= 2;',
      '12:3 the given `clamp` was changed: expected `return`, found `x`; put it back',
    ],
    [
      'a changed type',
      'rate?: number',
      'rate: number',
      '8:7 the given `Options` was changed: expected `?`, found `:`; put it back',
    ],
    [
      'a changed method beside a stub',
      'this.step(clamp(x))',
      'this.step(x)',
      '28:22 the given `Solver` was changed: expected `clamp`, found `x`; put it back',
    ],
    [
      'a missing function',
      'function clamp(x: number): number {\n  // Keeps it in range.\n  return Math.min(RANGE.max, Math.max(RANGE.min, x));\n}\n',
      '',
      '1:1 the given `clamp` is missing; put it back',
    ],
    [
      'a missing statement',
      'RANGE.min *= 2;\n',
      '',
      '1:1 the given line `RANGE.min *= 2;` is missing; put it back',
    ],
  ];
  it.each(wrong)('objects to %s', (_, from, to, text) => {
    expect(changes(from, to)).toEqual([text]);
  });

  it('needs the template, without errors in it', () => {
    expect(() => check('', { rules: ['given-code'], templateText: undefined as unknown as string })).toThrow(
      GraderError,
    );
    expect(() => check('', { rules: ['given-code'], templateText: 'const = 1' })).toThrow(GraderError);
  });
});
