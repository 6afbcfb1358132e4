import { expect, it } from 'vitest';
import { declarationsBehind } from '../../grader/source/index.ts';

const text = `import * as tf from '@tensorflow/tfjs';
const EPSILON = 1e-8;

function unused(): number {
  return 1;
}
const square = (x: number): number => x * x;
function twice(x: number): number {
  return 2 * square(x) + EPSILON;
}
export function loss(x: number): number {
  return twice(x);
}
export const other = 3;
`;

const namesIn = (code: string, exports: readonly string[]): string[] =>
  declarationsBehind({ path: 'a.ts', text: code }, exports).map(({ first, lines }) => `${first} ${lines[0]}`);

it('finds a function with all of its file that it is made of, in the order of the file', () => {
  expect(namesIn(text, ['loss'])).toEqual([
    '2 const EPSILON = 1e-8;',
    '7 const square = (x: number): number => x * x;',
    '8 function twice(x: number): number {',
    '11 export function loss(x: number): number {',
  ]);
  const [, , , loss] = declarationsBehind({ path: 'a.ts', text }, ['loss']);
  expect(loss.lines).toHaveLength(3);
});

it('finds nothing of what is not there, and no control characters', () => {
  expect(namesIn(text, ['gone', 'twice'])).toEqual([]);
  expect(namesIn('export const a = "\u001b[2J";', ['a'])).toEqual(['1 export const a = "\\u{1b}[2J";']);
  expect(namesIn('['.repeat(100_000), ['a'])).toEqual([]);
});
