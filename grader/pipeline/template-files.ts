import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The files of a template by their path in it, `node_modules` left out. */
export function listFiles(template: string): Set<string> {
  const files = new Set<string>();
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(path);
      else if (entry.isFile()) files.add(relative(template, path).split(sep).join('/'));
    }
  };
  visit(template);
  return files;
}

/** The TypeScript modules among them. */
export function listModules(template: string): Set<string> {
  return new Set([...listFiles(template)].filter((path) => path.endsWith('.ts')));
}
