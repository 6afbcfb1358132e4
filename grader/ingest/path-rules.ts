import type { IngestLimits } from './limits.ts';

/** Characters that hide or reorder a name: control, format, separators, lone surrogates, and the replacement character. */
const UNREADABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/u;

/** The longest name that Linux file systems take. */
const MAX_NAME_BYTES = 255;

/**
 * What is wrong with a path inside a submission, in words that complete "It was left out: ..."; undefined when it is
 * a plain relative path with forward slashes that means the same on every system.
 */
export function pathProblem(
  path: string,
  { maxPathLength }: Pick<IngestLimits, 'maxPathLength'>,
): string | undefined {
  if (path.includes('\0')) return 'its name holds a NUL character';
  if (path.length > maxPathLength) return `its path is longer than ${maxPathLength} characters`;
  if (path.split('/').some((segment) => Buffer.byteLength(segment) > MAX_NAME_BYTES))
    return 'its name is too long';
  if (UNREADABLE.test(path)) return 'its name holds invisible or invalid characters';
  if (path.includes('\\')) {
    return 'its path has backslashes instead of slashes; pack with `npm run collect` or the file manager';
  }
  if (path.startsWith('/')) return 'its path is absolute';
  if (/^[a-z]:/i.test(path)) return 'its path starts with a drive letter';
  const segments = path.split('/');
  if (segments.includes('..')) return 'its path leads out of the submission with `..`';
  if (segments.some((segment) => segment === '' || segment === '.')) return 'its path has empty parts';
  if (segments.some((segment) => /[<>:"|?*]/.test(segment) || /[. ]$/.test(segment))) {
    return 'its name is not valid on every system';
  }
  return undefined;
}

/** The same key for names that some file systems take for one: capitals and Unicode composition do not count. */
export function foldedPath(path: string): string {
  return path.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFC');
}
