import { describe, expect, it } from 'vitest';
import { printable } from '../../grader/format/printable.ts';

describe('printable', () => {
  it.each([
    ['plain.ts', 'plain.ts'],
    ['naïve 試.png', 'naïve 試.png'],
    ['\u001b[31mred\u0007', '\\u{1b}[31mred\\u{7}'],
    ['two\nlines\r', 'two\\u{a}lines\\u{d}'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['zero\u200bwidth\u2028', 'zero\\u{200b}width\\u{2028}'],
    ['half \ud83d pair', 'half \\u{d83d} pair'],
  ])('shows %j as %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('cuts the middle of a long text, also when escaping made it long', () => {
    expect(printable('a'.repeat(80) + 'b'.repeat(80), 21)).toBe(`${'a'.repeat(10)}…${'b'.repeat(10)}`);
    expect(printable('\0'.repeat(1e6))).toHaveLength(120);
  });
});
