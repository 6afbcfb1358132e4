import { printable } from '../../grader/format/printable.ts';
import type { Ended } from '../workers/grade-submission.ts';

const MOST_CHARACTERS = 300;

/** What a worker came to with a submission that it took. */
export type JobEnd =
  /** It goes back to the queue as it was, since the worker has to end. */
  | { readonly how: 'given-back' }
  /** Through us; `isLast` where nobody tries it again. */
  | { readonly how: 'failed'; readonly why: string; readonly attempt: number; readonly isLast: boolean }
  | { readonly how: 'ended'; readonly ended: Pick<Ended, 'state' | 'score' | 'points' | 'seconds'> };

/** The same as one line, without the names of people. */
export function jobLine(id: string, end: JobEnd): string {
  const name = printable(id);
  switch (end.how) {
    case 'given-back':
      return `${name}: given back to the queue`;
    case 'failed': {
      // What its process printed stands below.
      const [first] = end.why.split('\n');
      const next = end.isLast ? '' : ', goes back to the queue';
      return `${name}: failed through us at attempt ${end.attempt}${next}: ${printable(first, MOST_CHARACTERS)}`;
    }
    case 'ended': {
      const { state, score, points, seconds } = end.ended;
      const came = state === 'refused' ? 'refused' : `${score} of ${points} points`;
      return `${name}: ${came} in ${seconds} s`;
    }
  }
}
