import { describe, expect, it } from 'vitest';
import { generate, problemsOf } from './small-assignment.ts';

/** A solution file: lines before the function, and what its region says. */
function file(before: string, solution: string, given = ''): string {
  return `${before}\nexport function f(): void {\n  ${given}\n  // BEGIN SOLUTION\n  ${solution}\n  // END SOLUTION\n}\n`;
}

/** What is left before the function, without the import that every stub has. */
function leftBefore(text: string): string {
  const stub = generate(text);
  const errorImport = "import { NotImplementedError } from './contract/not-implemented-error.ts';\n";
  expect(stub).toContain(errorImport);
  return stub.slice(0, stub.indexOf('export function f()')).replace(errorImport, '').trim();
}

describe('what only the solution used', () => {
  it.each([
    ['a named import', "import { a } from 'm';", 'a();', ''],
    ['a default import', "import a from 'm';", 'a();', ''],
    ['a namespace', "import * as m from 'm';", 'm.a();', ''],
    ['a type', "import type { A } from 'm';", 'const a: A = 1;', ''],
    [
      'the first of a list',
      "import { a, b } from 'm';\nexport { b };",
      'a();',
      "import { b } from 'm';\nexport { b };",
    ],
    [
      'the last of a list',
      "import { a, b } from 'm';\nexport { a };",
      'b();',
      "import { a } from 'm';\nexport { a };",
    ],
    [
      'the middle of a list',
      "import { a, type B, c } from 'm';\nexport { a, c };",
      'const b: B = 1;',
      "import { a, c } from 'm';\nexport { a, c };",
    ],
    [
      'the tail of a list',
      "import { a, b, c, } from 'm';\nexport { a };",
      'b(c);',
      "import { a, } from 'm';\nexport { a };",
    ],
    [
      'a renamed import',
      "import { a as z, b } from 'm';\nexport { b };",
      'z();',
      "import { b } from 'm';\nexport { b };",
    ],
    [
      'the default beside a list',
      "import a, { b } from 'm';\nexport { b };",
      'a();',
      "import { b } from 'm';\nexport { b };",
    ],
    [
      'the list beside a default',
      "import a, { b } from 'm';\nexport { a };",
      'b();',
      "import a from 'm';\nexport { a };",
    ],
  ])('goes from the imports: %s', (_, before, solution, left) => {
    expect(leftBefore(file(before, solution))).toBe(left);
  });

  it.each([
    ['a function', 'function a() {}', 'a();'],
    ['a constant with its comments', '// Why it is 3.\nconst a = 3; // by trial', 'a;'],
    ['a type', 'type A = 1;', 'const b: A = 1;'],
    ['an interface', '/** Doc. */\ninterface A {}', 'const b: A = {};'],
    ['a class', 'class A {}', 'new A();'],
    ['destructured names', 'const { a, b: [c] } = { a: 1, b: [2] };', 'a + c;'],
    ['helpers of helpers', 'const a = 1;\nconst b = () => a;\nfunction c() { return b(); }', 'c();'],
    ['helpers that call each other', 'function a() { b(); }\nfunction b() { a(); }', 'a();'],
    ['a name written short in an object', 'const a = 1;', 'void { a };'],
    ['overloads', 'function a(x: 1): void;\nfunction a(x: 2): void;\nfunction a(): void {}', 'a(1);'],
  ])('goes from the declarations: %s', (_, before, solution) => {
    expect(leftBefore(file(before, solution))).toBe('');
  });

  it.each([
    ['an exported helper', 'export const a = 1;'],
    ['an import for its effect', "import 'm';"],
    ['a statement that runs on import', 'Object.freeze(Math);'],
  ])('does not include %s', (_, before) => {
    expect(leftBefore(file(before, 'void 0;'))).toBe(before);
  });

  it.each([
    ['by a given statement', 'const a = 1;', 'void a;'],
    ['in a type', "import { a } from 'm';", 'let b: typeof a;'],
    ['by a helper that is still used', 'const a = 1;\nconst b = a;', 'void b;'],
    ['in a template literal', 'const a = 1;', 'void `${a}`;'],
    ['written short in an object', 'const a = 1;', 'void { a };'],
  ])('does not include what is also used %s', (_, before, given) => {
    expect(leftBefore(file(before, 'void a;', given))).toBe(before);
  });

  it('is told from a name that shadows it and from a property of the same name', () => {
    const before = 'const a = 1;';
    expect(leftBefore(file(before, 'void a;', 'void ((a: number) => a);'))).toBe('');
    expect(leftBefore(file(before, 'void a;', 'void Math.a;'))).toBe('');
  });

  it('does not include a comment set apart from it by a blank line', () => {
    expect(leftBefore(file('// About the file.\n\nconst a = 1;', 'void a;'))).toBe('// About the file.');
  });

  it('leaves one blank line where it stood between others', () => {
    const before = 'export const a = 1;\n\n/** Helper. */\nfunction b(): void {}\n\nexport const c = 1;\n';
    expect(leftBefore(file(before, 'b();'))).toBe('export const a = 1;\n\nexport const c = 1;');
  });

  it('leaves no blank lines at the end of the file', () => {
    expect(generate(`${file('', 'b();')}\nfunction b(): void {}\n`)).toMatch(/\);\n\}\n$/);
  });

  it('may not share its declaration with what stays', () => {
    expect(problemsOf(file('const a = 1, b = 2;', 'void a;', 'void b;'))).toEqual([
      'solution.ts:1:7: "a" is used only by the solution but declared together with other names',
    ]);
  });
});

describe('the import of NotImplementedError', () => {
  const line = (path: string): string =>
    `import { NotImplementedError } from '${path}not-implemented-error.ts';`;

  it('goes after the last import that stays', () => {
    const stub = generate(file("import 'a';\nimport { b } from 'b';\n", 'b();'));
    expect(stub.startsWith(`import 'a';\n${line('./contract/')}\n\nexport function f`)).toBe(true);
  });

  it('goes below a comment about the file when there is none', () => {
    const stub = generate(
      file('// About the file.\n\n/** Unused. */\nimport { b } from "b";\n\n/** On f. */', 'b();'),
    );
    expect(
      stub.startsWith(`// About the file.\n\n${line('./contract/')}\n\n/** On f. */\nexport function f`),
    ).toBe(true);
  });

  it('goes first when the file begins with code', () => {
    expect(
      generate(file('', 'void 0;').trimStart()).startsWith(`${line('./contract/')}\n\nexport function f`),
    ).toBe(true);
  });

  it('is not added twice, and a name it was given is kept', () => {
    const stub = generate(file("import { NotImplementedError as Missing } from 'x';", 'void 0;'));
    expect(stub.match(/import /g)).toHaveLength(1);
    expect(stub).toContain("throw new Missing('f');");
  });

  it('collides with a class of that name', () => {
    const problems = problemsOf(file('export class NotImplementedError {}', 'void 0;'));
    expect(problems).toEqual(['solution.ts:1:1: the file declares a NotImplementedError of its own']);
  });
});
