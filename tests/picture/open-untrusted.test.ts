import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SubmissionError } from '../../grader/format/errors.ts';
import { openUntrusted } from '../../grader/picture/index.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'picture-test-'));
  mkdirSync(join(root, 'out'));
  writeFileSync(join(root, 'out/a.png'), 'picture');
  writeFileSync(join(root, 'secret'), 'secret');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('openUntrusted', () => {
  it('reads a file, named from a trusted folder or whole', async () => {
    const bytes = new Uint8Array(Buffer.from('picture'));
    expect(await openUntrusted('out/a.png', { root })).toEqual(bytes);
    expect(await openUntrusted(join(root, 'out/a.png'))).toEqual(bytes);
  });

  it('follows neither a link to a file nor, below the trusted folder, one to a folder', async () => {
    symlinkSync(join(root, 'secret'), join(root, 'out/link.png'));
    symlinkSync(join(root, 'out'), join(root, 'behind'));
    await expect(openUntrusted('out/link.png', { root })).rejects.toThrow(SubmissionError);
    await expect(openUntrusted(join(root, 'out/link.png'))).rejects.toThrow('it is a link');
    await expect(openUntrusted('behind/a.png', { root })).rejects.toThrow('it is a link');
  });

  it.each(['../secret', 'out/../secret', '/etc/passwd'])(
    'does not leave the trusted folder by %s',
    async (path) => {
      await expect(openUntrusted(path, { root: join(root, 'out') })).rejects.toThrow(SubmissionError);
    },
  );

  it('says what is wrong with a missing, a large and an unreal file', async () => {
    await expect(openUntrusted('out/b.png', { root })).rejects.toThrow('there is no such file');
    await expect(openUntrusted('out/a.png', { root, maxBytes: 6 })).rejects.toThrow('larger than 6 bytes');
    await expect(openUntrusted('out', { root })).rejects.toThrow('not a regular file');
  });
});
