import type { KnownMistake } from './known-mistakes.ts';

/** By what a submission is compared with known mistakes that were graded. */
export interface ComparedBy {
  /** How many of the failed checks are compared. */
  readonly compared: number;
  readonly what: 'values' | 'answers' | 'messages';
}

function sameWords(same: number, { compared, what }: ComparedBy): string {
  const all =
    compared === 1
      ? 'in the one check compared'
      : `in ${compared === 2 ? 'both' : `all ${compared}`} checks compared`;
  if (same === 0) return `${all}, the ${what} differ`;
  return `${same === compared ? all : `in ${same} of ${compared} checks compared`}, the ${what} are the same, too`;
}

/** How much a submission fails like a known mistake, and what that one is. */
export function mistakeWords({ name, about, likeness, same }: KnownMistake, by: ComparedBy): string {
  const checks =
    likeness === 1
      ? `fails exactly the same checks as the known mistake “${name}”`
      : `shares ${Math.round(likeness * 100)} % of the failed checks with the known mistake “${name}”`;
  return `${checks}${same === undefined ? '' : `; ${sameWords(same, by)}`}: ${about}`;
}
