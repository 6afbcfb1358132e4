import { filesBelow } from '../../format/files-below.ts';

/** The files of a template by their path in it, `node_modules` left out. */
export function listFiles(template: string): Set<string> {
  return new Set(filesBelow(template, { skip: ['node_modules'] }));
}

/** The TypeScript modules among them. */
export function listModules(template: string): Set<string> {
  return new Set([...listFiles(template)].filter((path) => path.endsWith('.ts')));
}
