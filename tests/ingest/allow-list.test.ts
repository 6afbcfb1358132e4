import { describe, expect, it } from 'vitest';
import { GraderError } from '../../grader/format/errors.ts';
import { allowList } from '../../grader/ingest/allow-list.ts';

describe('allowList', () => {
  const table: [string, string, boolean][] = [
    ['a/b.ts', 'a/b.ts', true],
    ['a/b.ts', 'a/B.ts', false],
    ['a/b.ts', 'a/bxts', false],
    ['a/*.png', 'a/b.png', true],
    ['a/*.png', 'a/.png', false],
    ['a/*.png', 'a/.b.png', false],
    ['a/*.png', 'a/b/c.png', false],
    ['a/*.png', 'a/b.png.exe', false],
    ['a/*.png', 'x/a/b.png', false],
    ['*/b.ts', 'a/b.ts', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'acb', false],
    ['a*bc*c', 'abc', false],
    ['*', 'anything', true],
    ['*', 'a/b', false],
    ['*', '.hidden', false],
  ];
  it.each(table)('%s matches %s: %s', (pattern, path, verdict) => {
    expect(allowList([pattern]).accepts(path)).toBe(verdict);
  });

  it('matches a long name with many wildcards in no time', () => {
    const pattern = `${'*a'.repeat(50)}b`;
    const start = performance.now();
    expect(allowList([pattern]).accepts('a'.repeat(200))).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it.each(['../a.ts', '/a.ts', 'a//b', 'a\\b', '**/a.ts', ''])(
    'does not take the pattern "%s"',
    (pattern) => {
      expect(() => allowList([pattern])).toThrow(GraderError);
    },
  );
});
