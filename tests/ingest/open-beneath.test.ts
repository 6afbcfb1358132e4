import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Opened, UntrustedPath } from '../../grader/ingest/open-beneath.ts';
import { openBeneath, openByDescriptors, openBySteps } from '../../grader/ingest/open-beneath.ts';
import { scratchFolders, writeTree } from './scratch.ts';

const scratch = scratchFolders();
const ways: [string, (path: UntrustedPath) => Promise<Opened>][] = [
  ['step by step', openBySteps],
  ...(process.platform === 'linux'
    ? [['by descriptors', openByDescriptors] as [string, typeof openBySteps]]
    : []),
];

async function textOrReason(opened: Opened): Promise<string> {
  if (!opened.ok) return opened.why;
  const text = await opened.handle.readFile('utf8');
  await opened.handle.close();
  return text;
}

describe.each(ways)('opening a file below a trusted folder, %s', (_, open) => {
  it('opens a file in a folder', async () => {
    const root = writeTree(scratch(), { 'a/b/c.txt': 'content' });
    expect(await textOrReason(await open({ root, path: 'a/b/c.txt' }))).toBe('content');
  });

  it('follows a link on the way to the trusted folder', async () => {
    const real = writeTree(scratch(), { 'c.txt': 'content' });
    const root = join(scratch(), 'link');
    symlinkSync(real, root);
    expect(await textOrReason(await open({ root, path: 'c.txt' }))).toBe('content');
  });

  it('refuses a link as the file, and as any folder before it', async () => {
    const elsewhere = writeTree(scratch(), { 'b/c.txt': 'secret' });
    const root = scratch();
    symlinkSync(join(elsewhere, 'b/c.txt'), join(root, 'c.txt'));
    symlinkSync(elsewhere, join(root, 'a'));
    mkdirSync(join(root, 'real'));
    symlinkSync(join(elsewhere, 'b'), join(root, 'real/b'));
    for (const path of ['c.txt', 'a/b/c.txt', 'real/b/c.txt']) {
      expect(await textOrReason(await open({ root, path }))).toContain('it is a link');
    }
  });

  it('refuses a folder, and tells a missing file apart', async () => {
    const root = scratch();
    mkdirSync(join(root, 'folder'));
    expect(await textOrReason(await open({ root, path: 'folder' }))).toBe('it is not a regular file');
    expect(await open({ root, path: 'folder/nothing' })).toMatchObject({ ok: false, missing: true });
    expect(await open({ root, path: 'nothing/at/all' })).toMatchObject({ ok: false, missing: true });
  });
});

describe('openBeneath', () => {
  it.each(['../c.txt', '/c.txt', 'a//c.txt', './c.txt', ''])('refuses the path "%s"', async (path) => {
    const root = writeTree(scratch(), { 'c.txt': 'content' });
    expect(await openBeneath({ root, path })).toMatchObject({ ok: false, missing: false });
  });
});
