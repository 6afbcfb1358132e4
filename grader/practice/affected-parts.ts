import type { LoadedPart } from '../assignment/loaded.ts';
import type { SourceReview } from '../pipeline/intake/review-sources.ts';

/** A submission at some moment. */
export interface Version {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly review: Pick<SourceReview, 'bundled'>;
}

/** Paths whose contents two versions of a submission do not share. */
function changedPaths(a: Version['files'], b: Version['files']): string[] {
  const same = (path: string): boolean => {
    const [one, other] = [a.get(path), b.get(path)];
    return one !== undefined && other !== undefined && Buffer.from(one).equals(other);
  };
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => !same(path));
}

/**
 * Whether what changed since the version before can change a verdict of a part: a file of its own, one that its code
 * imports or imported, or a document or picture that one of its checks looks at.
 */
export function isAffected(options: {
  readonly part: LoadedPart;
  readonly version: Version;
  /** The one that the part was checked in last. */
  readonly before: Version | undefined;
}): boolean {
  const { part, version, before } = options;
  if (!before) return true;
  const looksAt = JSON.stringify(part.checks.map(({ check }) => check));
  return changedPaths(version.files, before.files).some(
    (path) =>
      part.solutionFiles.some((file) => file.path === path) ||
      version.review.bundled.get(part.id)?.has(path) ||
      before.review.bundled.get(part.id)?.has(path) ||
      part.documents.has(path) ||
      looksAt.includes(JSON.stringify(path)),
  );
}
