import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * All that is no folder below a folder, relative to it, with `/`, in code-unit order. `skip` names folders to pass
 * over wherever they lie.
 */
export function filesBelow(directory: string, { skip = [] }: { skip?: readonly string[] } = {}): string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) found.push(relative(directory, path).split(sep).join('/'));
      else if (!skip.includes(entry.name)) visit(path);
    }
  };
  visit(directory);
  return found.sort();
}
