import { execFileSync } from 'node:child_process';
import type { Drift } from './generated-folder.ts';

/** Paths of git's, relative to a folder; undefined where git does not know the folder. */
function listed(directory: string, args: readonly string[]): Set<string> | undefined {
  try {
    const text = execFileSync('git', [...args, '-z', '--', '.'], {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return new Set(text.split('\0').filter((path) => path !== ''));
  } catch {
    return undefined;
  }
}

/** The files that would be lost for good: git holds no copy of them as they are now. */
export interface Unsaved {
  readonly edited: readonly string[];
  readonly untracked: readonly string[];
}

/**
 * What writing a generated folder would destroy: of the files that it changes or removes, those that are not as they
 * were committed last. All of them are where the folder does not lie in a repository of git.
 */
export function unsavedIn(directory: string, { changed, stale }: Pick<Drift, 'changed' | 'stale'>): Unsaved {
  const tracked = listed(directory, ['ls-files']);
  const edited = listed(directory, ['diff', 'HEAD', '--name-only', '--relative']);
  const lost = [...changed, ...stale];
  if (!tracked || !edited) return { edited: changed, untracked: stale };
  return {
    edited: lost.filter((path) => tracked.has(path) && edited.has(path)),
    untracked: lost.filter((path) => !tracked.has(path)),
  };
}
