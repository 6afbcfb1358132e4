import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { UsageError } from '../../grader/format/errors.ts';

/** A folder for the results of a class that lies beside that of its submissions, written as that one is. */
export function resultsBeside(source: string): string {
  return join(source, '..', `${basename(resolve(source))}-graded`);
}

/**
 * Refuses results where the submissions lie: the next batch would grade them as somebody's work, or write over it.
 * @throws UsageError with a folder that will do
 */
export function refuseResultsAmongSubmissions(source: string, out: string): void {
  const [from, to] = [source, out].map((one) => landing(resolve(one)));
  const how =
    from === to
      ? 'is the folder of the submissions'
      : isBelow(from, to)
        ? `lies among the submissions in ${source}`
        : isBelow(to, from)
          ? `holds the folder of the submissions, ${source}`
          : undefined;
  if (how === undefined) return;
  throw new UsageError(
    `--out ${out} ${how}, and the two would mix: name another folder, such as ${resultsBeside(source)}`,
  );
}

/** Where a path leads, or would lead, links followed as far as there is something. */
export function landing(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(landing(dirname(path)), basename(path));
}

/** Whether a path is that of a folder, or leads to something in it. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}
