import { describe, expect, it } from 'vitest';
import { check, lines } from './check.ts';

const prints = (text: string) => check(text, { rules: ['no-prints'] });

describe('the rule no-prints', () => {
  const leftovers: [string, string][] = [
    ['console.log(1);', 'console.log'],
    ['console\n  .table(x);', 'console .table'],
    ["console['log'](1);", 'console'],
    ['const log = console.log;', 'console.log'],
    ['const { log } = console;', 'console'],
    ['[1].forEach(console.log);', 'console.log'],
    ['globalThis.console.log(1);', 'globalThis.console'],
    ["globalThis['console'].log(1);", "globalThis['console']"],
    ["process.stdout.write('x');", 'process.stdout'],
    ["process['stderr'].write('x');", "process['stderr']"],
    ['x.square().print();', 'x.square().print'],
    ['tf.print(x);', 'tf.print'],
    ['function f() { debugger; }', 'debugger'],
    ['const f = (x) => void console.error(`${console.count()}`);', 'console.error'],
  ];
  it.each(leftovers)('finds %j', (text, named) => {
    const [first] = prints(`const before = 1;\n${text}`);
    expect(first.rule).toBe('no-prints');
    expect(first.line).toBe(2);
    expect(first.message).toBe(`\`${named}\` is left over; remove it before you submit`);
  });

  it.each([
    '// console.log(1)',
    '/* debugger; */',
    "const text = 'console.log(1)';",
    'const settings = { console: 1 };',
    'settings.console = 2;',
    'type Log = typeof console.log;',
    'const { console: screen } = settings;',
    'process.hrtime();',
    'const print = 1;',
    'printer.printAll();',
  ])('lets %j be', (text) => {
    expect(prints(text)).toEqual([]);
  });

  it('gives the place of each, in order, with its line', () => {
    const text = 'function f(x) {\n  console.log(x); debugger;\n  return x;\n}\n\tconsole.warn(f);\n';
    expect(lines(prints(text))).toEqual([
      '2:3 `console.log` is left over; remove it before you submit',
      '2:19 `debugger` is left over; remove it before you submit',
      '5:2 `console.warn` is left over; remove it before you submit',
    ]);
    expect(prints(text).map(({ sourceLine }) => sourceLine)).toEqual([
      'console.log(x); debugger;',
      'console.log(x); debugger;',
      'console.warn(f);',
    ]);
  });
});
