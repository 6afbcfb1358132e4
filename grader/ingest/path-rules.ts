import type { IngestLimits } from './limits.ts';

/** Characters that hide or reorder a name: control, format, separators, lone surrogates, and the replacement character. */
const UNREADABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/u;

/** The longest name that Linux file systems take. */
const MAX_NAME_BYTES = 255;

/**
 * A path with slashes: `a\b`, as old versions of PowerShell pack it, and `./a/b` are `a/b`. A backslash that ends a
 * name is half a letter of Shift-JIS.
 */
export function plainPath(listed: string): string {
  return listed.replaceAll(/\\(?!\/|$)/g, '/').replace(/^(?:\.\/)+/, '');
}

/**
 * What is wrong with a path inside a submission, in words that complete "It was left out: ..."; undefined when it is
 * a plain relative path with forward slashes that means the same on every system.
 */
export function pathProblem(path: string, limits: Pick<IngestLimits, 'maxPathLength'>): string | undefined {
  return wayProblem(path, limits) ?? nameProblem(path);
}

/** The part of {@link pathProblem} about where a path leads; it holds for folders that will be taken off, too. */
export function wayProblem(
  path: string,
  { maxPathLength }: Pick<IngestLimits, 'maxPathLength'>,
): string | undefined {
  if (path.includes('\0')) return 'its name holds a NUL character';
  if (path.length > maxPathLength) return `its path is longer than ${maxPathLength} characters`;
  if (path.startsWith('/')) return 'its path is absolute';
  if (/^[a-z]:/i.test(path)) return 'its path starts with a drive letter';
  const segments = path.split('/');
  if (segments.includes('..')) return 'its path leads out of the submission with `..`';
  if (segments.some((segment) => segment === '' || segment === '.')) return 'its path has empty parts';
  return undefined;
}

/** The part of {@link pathProblem} about the names of the file and the folders that it is kept under. */
export function nameProblem(path: string): string | undefined {
  const segments = path.split('/');
  if (segments.some((segment) => Buffer.byteLength(segment) > MAX_NAME_BYTES)) return 'its name is too long';
  if (UNREADABLE.test(path)) return 'its name holds invisible or invalid characters; rename it';
  if (segments.some((segment) => /[<>:"|?*\\]/.test(segment))) {
    return 'its name is not valid on every system: it holds one of < > : " | ? * \\; rename it';
  }
  if (segments.some((segment) => /[. ]$/.test(segment))) {
    return 'its name is not valid on every system: it ends in a dot or a blank; rename it';
  }
  return undefined;
}

/** The same key for names that some file systems take for one: capitals and Unicode composition do not count. */
export function foldedPath(path: string): string {
  return path.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFC');
}
