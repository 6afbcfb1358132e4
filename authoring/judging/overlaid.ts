import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FIXTURES } from '../../repository.ts';

const REFERENCE = join(FIXTURES, 'submissions/should-pass/reference');

/** Files laid over the reference's solution, by their paths in the template. */
export type Overlay = ReadonlyMap<string, Uint8Array | string>;

/** A submission in a folder of its own: the reference with some files replaced. */
export function overlaid(overlay: Overlay): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-judged-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    cpSync(REFERENCE, folder, { recursive: true });
    for (const [path, content] of overlay) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, remove };
}
