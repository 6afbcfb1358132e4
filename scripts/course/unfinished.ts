import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { whenProcessEnds } from '../../grader/sandbox/process-end.ts';

/** Whether another process has this id; one that had this process's id is gone. */
const isAnother = (pid: number): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Removes folders that were made on the way to one, from the innermost on, up to the first that holds something. */
function removeEmpty(folder: string, outermost: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
  if (folder !== outermost) removeEmpty(dirname(folder), outermost);
}

/** A folder beside the one that something long is to become. */
export interface Unfinished {
  readonly directory: string;
  /** Removes it, if it is still there, and what was made for it alone. */
  remove(): void;
}

/**
 * Makes such a folder, named after this process, and removes those that processes left which were killed. It goes when
 * this process ends, too.
 */
export function unfinishedBeside(target: string): Unfinished {
  const folder = dirname(target);
  const prefix = `.${basename(target)}-unfinished-`;
  const outermost = mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : NaN;
    if (pid > 0 && !isAnother(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  const directory = join(folder, `${prefix}${process.pid}`);
  mkdirSync(directory);
  const removeFolder = (): void => {
    // Who writes into it is killed, and may not be gone yet.
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    if (outermost !== undefined) removeEmpty(folder, outermost);
  };
  const done = whenProcessEnds(removeFolder);
  return {
    directory,
    remove: () => {
      removeFolder();
      done();
    },
  };
}
