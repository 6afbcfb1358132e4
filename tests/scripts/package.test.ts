import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packageAndVerify } from '../../scripts/gradescope/package.ts';

it('a package that does not grade right leaves no zip, not even an old one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const out = join(folder, 'autograder.zip');
  writeFileSync(out, 'the one before');
  // A folder without a Node.js cannot be made an image of.
  const options = { out, timeout: 10, timeFactor: 4, jobs: 1, isolation: 'auto', node: folder, verify: true };
  await expect(packageAndVerify(options as Parameters<typeof packageAndVerify>[0])).rejects.toThrow();
  expect(existsSync(out)).toBe(false);
});
