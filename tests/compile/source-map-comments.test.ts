import { describe, expect, it } from 'vitest';
import { withoutSourceMaps } from '../../grader/compile/source-map-comments.ts';

function compiled(text: string, path = 'solve/first.ts'): string {
  const [bytes] = withoutSourceMaps(new Map([[path, Buffer.from(text)]])).values();
  return Buffer.from(bytes).toString();
}

describe('a comment that names a source map names none once it is compiled', () => {
  it.each([
    '//# sourceMappingURL=/etc/passwd',
    '//@ sourceMappingURL=../other.txt',
    '/*# sourceMappingURL=map.json */',
    '/*@ sourceMappingURL=map.json */ export const a = 1;',
    '//#\tsourceMappingURL=data:application/json;base64,e30=',
    'const text = `//# sourceMappingURL=/etc/passwd`;',
  ])('%s', (comment) => {
    const text = `// é\r\nexport const b = 2;\n${comment}\nexport const c = 3;\n`;
    const kept = compiled(text);
    expect(kept).not.toContain('sourceMappingURL=');
    expect(kept.length).toBe(text.length);
    expect(kept.replace('sourceMappingURL ', 'sourceMappingURL=')).toBe(text);
  });
});

it('leaves everything else as it is, byte by byte', () => {
  const bytes = Uint8Array.from({ length: 1024 }, (_, i) => i % 256);
  expect(withoutSourceMaps(new Map([['a.ts', bytes]])).get('a.ts')).toEqual(bytes);
  const text = 'class A { #sourceMappingURL = 1; }\nconst sourceMappingURL=2;\n';
  expect(compiled(text)).toBe(text);
  expect(compiled('# sourceMappingURL=x', 'report.md')).toBe('# sourceMappingURL=x');
});
