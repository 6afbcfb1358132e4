import { describe, expect, it } from 'vitest';
import type { LoadedPart } from '../../grader/assignment/loaded.ts';
import { isAffected, type Version } from '../../grader/practice/affected-parts.ts';

const part = {
  id: 'one',
  solutionFiles: [{ path: 'one.ts', functions: [] }],
  documents: new Map([['quiz.md', undefined]]),
  checks: [{ half: 'public', check: { kind: 'png-match', picture: 'visualization/one.png' } }],
} as unknown as LoadedPart;

function version(
  files: Record<string, string>,
  bundled: readonly string[] = ['one.ts', 'shared.ts'],
): Version {
  return {
    files: new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
    review: { bundled: new Map([['one', new Set(bundled)]]) },
  };
}

const before = version({ 'one.ts': 'a', 'shared.ts': 'b', 'other.ts': 'c', 'quiz.md': 'd' });

describe('a part is checked again', () => {
  it.each([
    ['its own file changed', { 'one.ts': 'A', 'shared.ts': 'b', 'other.ts': 'c', 'quiz.md': 'd' }, true],
    [
      'a file that it imports changed',
      { 'one.ts': 'a', 'shared.ts': 'B', 'other.ts': 'c', 'quiz.md': 'd' },
      true,
    ],
    ['its document changed', { 'one.ts': 'a', 'shared.ts': 'b', 'other.ts': 'c', 'quiz.md': 'D' }, true],
    ['a file that it imports is gone', { 'one.ts': 'a', 'other.ts': 'c', 'quiz.md': 'd' }, true],
    [
      'a picture came that a check looks at',
      { 'one.ts': 'a', 'shared.ts': 'b', 'other.ts': 'c', 'quiz.md': 'd', 'visualization/one.png': '' },
      true,
    ],
    [
      'not when another file changed',
      { 'one.ts': 'a', 'shared.ts': 'b', 'other.ts': 'C', 'quiz.md': 'd' },
      false,
    ],
    ['not when nothing changed', { 'one.ts': 'a', 'shared.ts': 'b', 'other.ts': 'c', 'quiz.md': 'd' }, false],
  ])('%s', (_, files, affected) => {
    expect(isAffected({ part, version: version(files), before })).toBe(affected);
  });

  it('when it was never checked', () => {
    expect(isAffected({ part, version: before, before: undefined })).toBe(true);
  });

  it('when it imported before what changed, though it does not any more', () => {
    const files = { 'one.ts': 'a', 'shared.ts': 'B', 'other.ts': 'c', 'quiz.md': 'd' };
    expect(isAffected({ part, version: version(files, ['one.ts']), before })).toBe(true);
  });
});
