import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ReadingTime, readSource } from '../../grader/source/index.ts';
import { check, lines } from './check.ts';

describe('a file with syntax errors', () => {
  it('has them as its only findings, with place and line', () => {
    const text = "import 'node:fs';\nconsole.log(1);\nfunction f( {\n  return 1;\n}\n";
    const findings = check(text);
    expect(findings.every(({ rule }) => rule === 'syntax')).toBe(true);
    expect(findings[0]).toMatchObject({
      path: 'solve/first.ts',
      line: 4,
      column: 10,
      sourceLine: 'return 1;',
    });
    expect(findings[0].message).toMatch(/expected/);
  });

  it.each([
    ["const text = 'open;\nconst next = 1;", 1, 'Unterminated string literal.'],
    ['const a = 1;\n}\n', 2, 'Declaration or statement expected.'],
    ['return 1 +;', 1, 'Expression expected.'],
    ['/* never closed', 1, "'*/' expected."],
    ['const a = `x${1`;', 1, 'Unterminated template literal.'],
  ])('says what TypeScript says of %j', (text, line, message) => {
    const [first] = check(text);
    expect(first).toMatchObject({ rule: 'syntax', line });
    expect(first.message).toContain(message);
  });

  it('is not one with type errors, unknown names or imports of files that are not there', () => {
    expect(
      check("import { second } from './second.ts';\nconst x: string = 1 + undefinedName; second(x);"),
    ).toEqual([]);
  });
});

describe('a file made to break the reader', () => {
  const exponential = `const x = ${'async (a = '.repeat(30)}0${')'.repeat(30)};`;
  const unreadable: [string, string, RegExp][] = [
    ['brackets nested 100,000 deep', '['.repeat(100_000), /nested too deeply|expected/],
    [
      'well-formed brackets nested 20,000 deep',
      `const x = ${'['.repeat(20_000)}${']'.repeat(20_000)};`,
      /nested too deeply/,
    ],
    ['a sum of 100,000 terms', `const x = ${'1+'.repeat(100_000)}1;`, /nested too deeply/],
    ['blocks nested 30,000 deep', `${'{'.repeat(30_000)}${'}'.repeat(30_000)}`, /nested too deeply/],
    ['more than 400,000 characters', `//${'x'.repeat(1_000_000)}`, /longer than 400000 characters/],
    ['what takes the parser exponential time', exponential, /takes longer than 0.3 s/],
  ];
  it.each(unreadable)('is unreadable, and no more: %s', (_, text, message) => {
    const findings = check(text, {
      time: new ReadingTime({ perFile: text === exponential ? 300 : 30_000, total: 30_000 }),
    });
    expect(findings[0]).toMatchObject({ rule: 'syntax', path: 'solve/first.ts' });
    expect(findings[0].message).toMatch(message);
    expect(findings[0].sourceLine.length).toBeLessThanOrEqual(120);
  });

  it.each(unreadable)('tells no imports, and takes no longer for it: %s', (_, text) => {
    const time = new ReadingTime({ perFile: text === exponential ? 300 : 30_000, total: 30_000 });
    const modules = new Set(['solve/second.ts']);
    const imports = "import './second.ts';\n";
    const read = (source: string) =>
      readSource({ path: 'solve/first.ts', text: imports + source, modules, rules: [], time });
    expect(read('const a = 1;')).toEqual({ findings: [], imports: ['solve/second.ts'] });
    const begin = performance.now();
    expect(read(text)).toMatchObject({ findings: [{ rule: 'syntax' }], imports: [] });
    expect(performance.now() - begin).toBeLessThan(10_000);
  });

  it('leaves no time to the files after it once the time of all is up', () => {
    const time = new ReadingTime({ perFile: 200, total: 500 });
    const begin = performance.now();
    const said = Array.from({ length: 13 }, (_, i) => check(`// ${i}\n${exponential}`, { time })[0].message);
    expect(performance.now() - begin).toBeLessThan(3000);
    expect(said[0]).toContain('it takes longer than 0.2 s');
    expect(new Set(said.slice(4))).toEqual(
      new Set([
        'this file cannot be read: the files before it took the 0.5 s that there are for reading all of them',
      ]),
    );
    expect(check('const a = 1;', { time })[0].rule).toBe('syntax');
    expect(check('const a = 1;')).toEqual([]);
  });

  it('does not change how the next file is read', () => {
    // The parser notes that no arrow function starts at the bracket of `(a)`. Broken off, it keeps the note.
    const next = 'const x = (a) => a;\n';
    for (const rest of [exponential, '['.repeat(100_000)]) {
      expect(check(`const x = (a);\n${rest}`, { time: new ReadingTime({ perFile: 300 }) })[0].rule).toBe(
        'syntax',
      );
      expect(readSource({ path: 'next.ts', text: next, rules: ['no-prints'] }).findings).toEqual([]);
    }
  });

  it('with a thousand leftovers lists twenty', () => {
    expect(check('console.log(1);\n'.repeat(1000))).toHaveLength(20);
  });

  it('with control characters has them shown, not printed', () => {
    const [finding] = check('console.log("\u001b[2J\u202e");');
    expect(finding.sourceLine).toBe('console.log("\\u{1b}[2J\\u{202e}");');
  });
});

describe('a file as editors on any system write it', () => {
  it.each([
    ['Windows line ends', '\r\n'],
    ['Unix line ends', '\n'],
  ])('has the right lines with %s', (_, end) => {
    expect(lines(check(['const a = 1;', 'console.log(a);', ''].join(end)))).toEqual([
      '2:1 `console.log` is left over; remove it before you submit',
    ]);
  });

  it('may start with a byte order mark', () => {
    expect(check('\ufeffconst a = 1;')).toEqual([]);
  });

  it('lists findings by rule, then by line', () => {
    const text = "console.log(2);\nimport 'node:fs';\nconsole.log(1);\n";
    expect(check(text).map(({ rule, line }) => `${rule} ${line}`)).toEqual([
      'no-prints 1',
      'no-prints 3',
      'imports 2',
    ]);
  });

  it('has no findings when it is one of ours', () => {
    const path = 'reference/lib/random.ts';
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    expect(check(text, { path, templateText: text })).toEqual([]);
  });
});
