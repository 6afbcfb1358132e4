import { existsSync, watch, type FSWatcher } from 'node:fs';
import { join, posix } from 'node:path';

/** Editors write a file in several steps. */
const SETTLE_MS = 40;

/**
 * Calls back when a file that a submission may contain was written, once for what one save does. The folders are
 * watched, not the files, since many editors put a new file in the place of the old one.
 * @param options.allow paths and globs, as in the assignment
 * @returns how to stop
 */
export function watchFolder(options: {
  readonly folder: string;
  readonly allow: readonly string[];
  /** Told the paths; `''` stands for one that the system does not name. */
  readonly onChange: (paths: ReadonlySet<string>) => void;
}): () => void {
  const { folder, allow, onChange } = options;
  const directories = new Set(allow.map((path) => posix.dirname(path)));
  const watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  let paths = new Set<string>();
  const settle = (path: string): void => {
    paths.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const settled = paths;
      paths = new Set();
      onChange(settled);
    }, SETTLE_MS);
  };
  for (const directory of directories) {
    const path = join(folder, directory);
    if (!existsSync(path)) continue;
    const names = allow.filter((one) => posix.dirname(one) === directory).map((one) => posix.basename(one));
    const isAllowed = (name: string | null): boolean =>
      name === null ||
      names.some((one) => one === name || (one.startsWith('*') && name.endsWith(one.slice(1))));
    watchers.push(
      watch(path, (_event, name) => {
        if (isAllowed(name)) settle(name === null ? '' : posix.join(directory, name));
      }),
    );
  }
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
