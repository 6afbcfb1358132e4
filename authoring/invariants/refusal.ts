import { join, relative } from 'node:path';
import type { PartDefinition } from '../../grader/assignment/define.ts';
import { ROOT } from '../../repository.ts';

/** One thing that keeps an assignment from being compiled. */
export interface Refusal {
  /** The file to change, relative to the repository's root. */
  readonly file: string;
  /** The check, case or call in question: `check value (case image)`. */
  readonly place?: string;
  /** Ids of the cases that it was found on. */
  readonly cases?: readonly string[];
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A file of a part's folder, as messages name it. */
export function fileOf(part: Pick<PartDefinition, 'directory'>, name: string): string {
  return relative(ROOT, join(part.directory, name));
}

/** @throws Error with a line `file: place: problem; remedy` for each refusal, where there is one */
export function refuseAll(refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  const lines = refusals.map(({ file, place, problem, remedy }) =>
    [file, ...(place ? [place] : []), `${problem}; ${remedy}`].join(': '),
  );
  throw new Error([...new Set(lines)].join('\n'));
}
