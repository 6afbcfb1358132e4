import { describe, expect, it } from 'vitest';
import { generate, problemsOf } from './small-assignment.ts';

const begin = '// BEGIN SOLUTION';
const end = '// END SOLUTION';

/** A solution file with the given lines as the body of its one function. */
function withBody(...lines: string[]): string {
  return ['export function f(x: number): number {', ...lines.map((line) => `  ${line}`), '}', ''].join('\n');
}

describe('a solution region', () => {
  it.each([
    [
      'a begin without an end',
      withBody(begin, 'return x;'),
      '2:3: "// BEGIN SOLUTION" without an "// END SOLUTION"',
    ],
    [
      'an end without a begin',
      withBody(begin, 'return x;', end, end),
      '5:3: "// END SOLUTION" without a "// BEGIN',
    ],
    [
      'a region in a region',
      withBody(begin, begin, 'return x;', end),
      '3:3: "// BEGIN SOLUTION" inside the region that begins on line 2',
    ],
    ['an empty region', withBody(begin, end, 'return x;'), '2:3: empty solution region'],
    [
      'a region of comments only',
      withBody(begin, '// nothing', end, 'return x;'),
      '2:3: empty solution region',
    ],
    [
      'half an expression',
      withBody('return (', begin, 'x', end, ');'),
      '3:3: the region begins inside a statement',
    ],
    [
      'an element of a list',
      withBody('return [', begin, 'x,', end, '][0];'),
      '3:3: the region begins inside a statement',
    ],
    [
      'a case without a block',
      withBody('switch (x) {', 'default:', begin, 'return x;', end, '}'),
      '4:3: the region begins inside a statement',
    ],
    [
      'a region that ends in a deeper block',
      withBody(begin, 'if (x) {', end, '}', 'return x;'),
      '2:3: the region begins in one block and ends in another',
    ],
    [
      'a region that ends in an outer block',
      withBody('if (x) {', begin, 'x++;', '}', end, 'return x;'),
      '3:3: the region begins in one block and ends in another',
    ],
    [
      'a region that ends inside a statement',
      withBody(begin, 'return [', end, 'x][0];'),
      '2:3: the region begins in one block and ends in another',
    ],
    [
      'a region at the top level',
      `${begin}\nexport const a = 1;\n${end}\n`,
      '1:1: solution region outside a function',
    ],
    [
      'a region among the members of a class',
      `export class A {\n${begin}\nb = 1;\n${end}\n}\n`,
      '2:1: solution region outside a function',
    ],
    [
      'a region in a function without a name',
      `[1].forEach((x) => {\n${begin}\nx++;\n${end}\n});\n`,
      '2:1: solution region in a function without a name',
    ],
    [
      'two regions in one function',
      withBody(begin, 'x++;', end, begin, 'return x;', end),
      '5:3: second solution region in f',
    ],
    [
      'a name declared in it but used after it',
      withBody(begin, 'const y = x;', end, 'return y;'),
      '5:10: "y" is declared in the solution region of f',
    ],
    [
      'a misspelt marker',
      withBody('// BEGIN SOLUTIONS', 'return x;', end),
      '2:3: "// BEGIN SOLUTIONS" looks like a solution marker',
    ],
    ['no region at all', withBody('return x;'), '1:1: a solution file without a solution region'],
    ['a file that does not parse', withBody(begin, 'return x +;', end), '3:13: Expression expected.'],
  ])('is refused for %s', (_, text, problem) => {
    expect(problemsOf(text)[0]).toContain(`solution.ts:${problem}`);
  });

  it('is refused in a file that ships whole', () => {
    const text = withBody(begin, 'return x;', end);
    expect(problemsOf({ 'lib.ts': text })).toEqual([
      'lib.ts:2:3: solution region of f in a file that ships whole',
    ]);
  });

  it('has all problems of all files reported at once, each with what fixes it', () => {
    const problems = problemsOf({ 'a/solution.ts': withBody(begin, end), 'b/solution.ts': withBody(end) });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['a/solution.ts', 'b/solution.ts']);
    expect(() => generate(withBody(begin, end))).toThrow(
      /solution\.ts:2:3: empty solution region; put the solution between the markers or remove both$/,
    );
  });

  it.each([
    ['a function', 'export function f(): void {', '}', 'f'],
    ['an arrow function in a variable', 'export const g = (): void => {', '};', 'g'],
    [
      'a callback, named after the function around it',
      'export function h(): void {\n[1].map(() => {',
      '});\n}',
      'h',
    ],
    ['a method', 'export class A {\nrun(): void {', '}\n}', 'run'],
    ['a constructor', 'export class B {\nconstructor() {', '}\n}', 'B'],
    ['a property', 'export const o = {\nstep: (): void => {', '},\n};', 'step'],
    ['a nested block', 'export function k(x: number): void {\nif (x > 0) {', '}\n}', 'k'],
  ])('becomes an error with the name of %s', (_, before, after, name) => {
    const stub = generate(`${before}\n${begin}\nvoid 0;\n${end}\n${after}\n`);
    expect(stub).toContain(`${before}\nthrow new NotImplementedError('${name}');\n${after}\n`);
  });

  it('may begin after given statements and end before others', () => {
    const stub = generate(
      withBody('const y = x; // given', begin, 'x += y;', end, '// Hint: the rest is given.', 'return x;'),
    );
    expect(stub).toContain(
      withBody(
        'const y = x; // given',
        "throw new NotImplementedError('f');",
        '// Hint: the rest is given.',
        'return x;',
      ),
    );
  });
});

describe('explicit return types', () => {
  const stubbed = `\n${begin}\nreturn x;\n${end}\n`;
  it.each([
    ['an exported function', `export function f(x: number) {${stubbed}}`, '1:17: f has'],
    ['an exported arrow function', `export const f = (x: number) => {${stubbed}};`, '1:18: f has'],
    ['a function exported by name', `function f(x: number) {${stubbed}}\nexport { f };`, '1:10: f has'],
    [
      'a function exported under another name',
      `const f = (x: number) => {${stubbed}};\nexport { f as g };`,
      '1:11: f has',
    ],
    ['a public method', `export class A { m(x: number) {${stubbed}} }`, '1:18: m has'],
    [
      'a private function with a region',
      `function f(x: number) {${stubbed}}\nexport const a = f(1);`,
      '1:10: f has',
    ],
    [
      'a given function beside it',
      `export function f(x: number): number {${stubbed}}\nexport function g() {}`,
      '6:17: g has',
    ],
  ])('are required of %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([
      expect.stringContaining(`solution.ts:${problem} no explicit return type`),
    ]);
  });

  it.each([
    ['a variable whose type says it', `export const f: (x: number) => number = (x) => {${stubbed}};`],
    [
      'a callback within a function',
      `export const f = (x: number): number[] => [1].map(() => {${stubbed}});`,
    ],
    [
      'a private function without a region',
      `const g = () => 1;\nexport function f(x = g()): number {${stubbed}}`,
    ],
    [
      'a type predicate',
      `export function f(x: unknown): x is number {\n${begin}\nreturn x === 1;\n${end}\n}`,
    ],
  ])('are not asked of %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});
