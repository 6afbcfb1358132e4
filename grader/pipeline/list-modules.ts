import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The TypeScript modules of a template by their path in it, `node_modules` left out. */
export function listModules(template: string): Set<string> {
  const modules = new Set<string>();
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(path);
      else if (entry.isFile() && entry.name.endsWith('.ts')) {
        modules.add(relative(template, path).split(sep).join('/'));
      }
    }
  };
  visit(template);
  return modules;
}
