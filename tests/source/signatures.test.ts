import { describe, expect, it } from 'vitest';
import { check, lines } from './check.ts';

const TEMPLATE = `
import { NotImplementedError } from '../contract/error.ts';
export const LIMIT = 3;
/** Doc. */
export function gram(features: number[], normalize: boolean = true): number {
  throw new NotImplementedError('gram');
}
export function loss({ weight }: { weight: number }, targets: number[]): number {
  throw new NotImplementedError('loss');
}
function inner(x: number): number {
  return x;
}
`;
const RIGHT = `
export const LIMIT = 3;
export function gram(features: number[], normalize: boolean = true): number { return 1; }
export function loss({ weight }: { weight: number }, targets: number[]): number { return weight; }
`;
const changes = (from: string, to: string): string[] => {
  expect(RIGHT).toContain(from);
  return lines(check(RIGHT.replace(from, to), { rules: ['signatures'], templateText: TEMPLATE }));
};
const GRAM = 'export function gram(features: number[], normalize: boolean = true): number { return 1; }';

describe('the rule signatures', () => {
  it('finds nothing in the template itself and in a solution', () => {
    expect(check(TEMPLATE, { rules: ['signatures'], templateText: TEMPLATE })).toEqual([]);
    expect(changes('', '')).toEqual([]);
  });

  const fine: [string, string, string][] = [
    ['another form of function', GRAM, 'export const gram = (features: number[], normalize = true) => 1;'],
    [
      'a function expression',
      GRAM,
      'export const gram = function (features: number[], normalize = true) { return 1; };',
    ],
    ['an export list', GRAM, `${GRAM.replace('export ', '')}\nexport { gram };`],
    [
      'an export under another local name',
      GRAM,
      'function g(features: number[], normalize = true) { return 1; }\nexport { g as gram };',
    ],
    ['an underscore before an unused parameter', 'normalize: boolean', '_normalize: boolean'],
    ['another type', 'features: number[]', 'features: readonly number[]'],
    ['a pattern of another kind', '{ weight }: { weight: number }', 'options: { weight: number }'],
    ['a function made by another', GRAM, 'export const gram = memoize(1);'],
    ['a helper', GRAM, `${GRAM}\nexport function helper(a: number) { return a; }`],
    ['overloads', GRAM, `export function gram(features: number[], normalize: boolean): number;\n${GRAM}`],
  ];
  it.each(fine)('accepts %s', (_, from, to) => {
    expect(changes(from, to)).toEqual([]);
  });

  const wrong: [string, string, string, string][] = [
    [
      'a missing function',
      GRAM,
      '',
      '1:1 the exported function `gram` is missing; it is called by this name',
    ],
    [
      'one that is not exported',
      GRAM,
      GRAM.replace('export ', ''),
      '1:1 the exported function `gram` is missing; it is called by this name',
    ],
    [
      'another name',
      'function gram',
      'function gramMatrix',
      '1:1 the exported function `gram` is missing; it is called by this name (found `gramMatrix`)',
    ],
    [
      'a default export',
      'export function gram',
      'export default function gram',
      '1:1 the exported function `gram` is missing; it is called by this name',
    ],
    [
      'a parameter less',
      ', normalize: boolean = true',
      '',
      "3:1 `gram` takes 1 parameter (features), but the template's takes 2 parameters (features, normalize)",
    ],
    [
      'a parameter more',
      'targets: number[]',
      'targets: number[], extra = 1',
      "4:1 `loss` takes 3 parameters ({...}, targets, extra), but the template's takes 2 parameters ({...}, targets)",
    ],
    [
      'no parameters',
      'features: number[], normalize: boolean = true',
      '',
      "3:1 `gram` takes no parameters, but the template's takes 2 parameters (features, normalize)",
    ],
    [
      'swapped parameters',
      'features: number[], normalize: boolean = true',
      'normalize: boolean, features: number[]',
      '3:1 `gram` has `normalize` as parameter 1; the template has `features`',
    ],
    [
      'a promise',
      'export function gram',
      'export async function gram',
      "3:1 `gram` is async; the template's is an ordinary function",
    ],
    [
      'a generator',
      'export function gram',
      'export function* gram',
      "3:1 `gram` is a generator; the template's is an ordinary function",
    ],
  ];
  it.each(wrong)('objects to %s', (_, from, to, text) => {
    expect(changes(from, to)).toEqual([text]);
  });
});
