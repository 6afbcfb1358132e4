/** Folders that systems, editors and package managers leave behind. */
const FOLDERS: ReadonlySet<string> = new Set([
  'node_modules',
  '__MACOSX',
  '.git',
  '.vscode',
  '.idea',
  '.cache',
]);
/** Files of the same kind. */
const FILES: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '.gitignore', '.npmrc']);

/** The name under which a path is counted as clutter, such as `node_modules`; undefined for everything else. */
export function clutterName(path: string): string | undefined {
  const segments = path.split('/');
  const folder = segments.find((segment) => FOLDERS.has(segment));
  if (folder !== undefined) return folder;
  const name = segments[segments.length - 1];
  if (FILES.has(name)) return name;
  return name.startsWith('._') ? '._ files' : undefined;
}
