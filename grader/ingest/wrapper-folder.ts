import { SubmissionError } from '../format/errors.ts';
import { printable } from '../format/printable.ts';
import type { AllowList } from './allow-list.ts';

/**
 * The folder, with its slash, that is around all files to submit; empty where there is none. Names that are right
 * decide; only where there are none do those that are nearly right.
 *
 * Of folders in each other the outermost counts: what lies deeper is an old copy, or a backup.
 *
 * @throws SubmissionError when two folders side by side hold files to submit
 */
export function wrapperFolder({ paths, allow }: { paths: readonly string[]; allow: AllowList }): string {
  const isNearlyRight = (path: string): boolean => allow.intended(path) !== undefined;
  return (
    outermost({ paths, allow, fits: allow.accepts }) ?? outermost({ paths, allow, fits: isNearlyRight }) ?? ''
  );
}

interface Search {
  readonly paths: readonly string[];
  readonly allow: AllowList;
  readonly fits: (path: string) => boolean;
}

function outermost({ paths, allow, fits }: Search): string | undefined {
  let found = new Set<string>();
  let least = Infinity;
  for (const path of paths) {
    const segments = path.split('/');
    const length = allow.lengths.find(
      (length) => length <= segments.length && fits(segments.slice(-length).join('/')),
    );
    if (length === undefined) continue;
    const depth = segments.length - length;
    if (depth < least) found = new Set();
    least = Math.min(least, depth);
    if (depth === least)
      found.add(
        segments
          .slice(0, depth)
          .map((segment) => `${segment}/`)
          .join(''),
      );
  }
  if (found.size > 1) {
    const named = [...found].slice(0, 3).map((folder) => printable(folder, 60));
    throw new SubmissionError(`Several folders hold a solution (${named.join(', ')}); submit one of them.`);
  }
  return [...found][0];
}
