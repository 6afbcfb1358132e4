import { GraderError } from '../format/errors.ts';
import { withoutCopyMark } from './copy-marks.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { foldedPath, pathProblem } from './path-rules.ts';

/** The files that a submission may hold. */
export interface AllowList {
  /** The paths without a wildcard, in the order given. */
  readonly exact: readonly string[];
  /** How many names the paths have, folders and file, longest first. */
  readonly lengths: readonly number[];
  accepts(path: string): boolean;
  /** The exact path for which this one stands: the same but for capitals, or but for the mark of a copy. */
  intended(path: string): string | undefined;
  /** The exact path that was probably meant: the same one but for capitals or its folder. */
  probablyMeant(path: string): string | undefined;
}

/**
 * Reads exact paths (`folder/file.ts`) and globs whose `*` stands for any characters of one file or folder name
 * but a leading dot (`visualization/*.png`).
 *
 * @throws GraderError when a pattern is no plain relative path, or has another wildcard
 */
export function allowList(patterns: readonly string[]): AllowList {
  for (const pattern of patterns) assertPattern(pattern);
  const exact = patterns.filter((pattern) => !pattern.includes('*'));
  const exactSet = new Set(exact);
  const globs = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('/'));
  const byFolded = new Map(exact.map((path) => [foldedPath(path), path]));
  return {
    exact,
    lengths: [...new Set(patterns.map((pattern) => pattern.split('/').length))].toSorted((a, b) => b - a),
    intended: (path) => {
      const original = withoutCopyMark(path);
      return (
        byFolded.get(foldedPath(path)) ??
        (original === undefined ? undefined : byFolded.get(foldedPath(original)))
      );
    },
    accepts: (path) => exactSet.has(path) || globs.some((glob) => matches(path.split('/'), glob)),
    probablyMeant: (path) => {
      const folded = foldedPath(path);
      const name = folded.slice(folded.lastIndexOf('/') + 1);
      return (
        exact.find((candidate) => foldedPath(candidate) === folded) ??
        exact.find((candidate) => foldedPath(candidate.slice(candidate.lastIndexOf('/') + 1)) === name)
      );
    },
  };
}

function assertPattern(pattern: string): void {
  const problem = pathProblem(pattern.replaceAll('*', 'x'), DEFAULT_LIMITS);
  if (problem)
    throw new GraderError(`the allow-list's pattern ${JSON.stringify(pattern)} cannot be used: ${problem}`);
  if (pattern.includes('**')) {
    throw new GraderError(
      `the allow-list's pattern ${JSON.stringify(pattern)} has \`**\`; only \`*\` is known`,
    );
  }
}

function matches(segments: readonly string[], glob: readonly string[]): boolean {
  return segments.length === glob.length && glob.every((part, i) => matchesSegment(segments[i], part));
}

/** Literal pieces found from left to right: linear, where a regular expression from a pattern could explode. */
function matchesSegment(segment: string, part: string): boolean {
  if (!part.includes('*')) return segment === part;
  if (segment.startsWith('.') && !part.startsWith('.')) return false;
  const pieces = part.split('*');
  const first = pieces[0];
  const last = pieces[pieces.length - 1];
  if (segment.length < first.length + last.length || !segment.startsWith(first) || !segment.endsWith(last))
    return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = segment.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= segment.length - last.length;
}
