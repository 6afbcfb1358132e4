import { readdirSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * All that is no folder below a folder, relative to it, with `/`, in code-unit order. `skip` names folders to pass
 * over wherever they lie. A folder below that cannot be read is listed itself where `unreadable` says so; else it
 * throws.
 */
export function filesBelow(
  directory: string,
  { skip = [], unreadable }: { skip?: readonly string[]; unreadable?: 'listed' } = {},
): string[] {
  const found: string[] = [];
  const list = (path: string): void => void found.push(relative(directory, path).split(sep).join('/'));
  const childrenOf = (folder: string): Dirent[] | undefined => {
    try {
      return readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      if (folder === directory || unreadable !== 'listed') throw error;
      return undefined;
    }
  };
  const visit = (folder: string): void => {
    const children = childrenOf(folder);
    if (!children) list(folder);
    for (const entry of children ?? []) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) list(path);
      else if (!skip.includes(entry.name)) visit(path);
    }
  };
  visit(directory);
  return found.sort();
}
