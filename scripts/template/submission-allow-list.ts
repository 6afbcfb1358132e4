import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { exportedFunctions } from './exports.ts';
import type { ShippedFile } from './layout.ts';
import { parseModule } from './source-module.ts';

/** `submission.json` of the template: what the collect script may send, and how to tell that given files changed. */
export interface SubmissionAllowList {
  /** Name of the zip. */
  readonly name: string;
  readonly solutionFiles: readonly { readonly path: string; readonly functions: readonly string[] }[];
  /** Paths, with `*` for any characters of a file's name, that go along when they are present. */
  readonly optional: readonly string[];
  /** Template path of every other file to the SHA-256 of its content with `\n` line ends. */
  readonly given: Readonly<Record<string, string>>;
}

/** The solution files by template path, each with the functions that it must export. */
export function solutionFunctions(files: readonly ShippedFile[]): { path: string; functions: string[] }[] {
  return files
    .filter(({ role }) => role === 'solution')
    .map(({ templatePath, source }) => ({
      path: templatePath,
      functions: exportedFunctions(parseModule(source, readFileSync(source, 'utf8'))),
    }));
}

/** SHA-256 of a file with Windows line ends taken for `\n`, so that a checkout that converts them changes nothing. */
function contentHash(content: string | Uint8Array): string {
  const text = Buffer.from(content).toString('latin1').replaceAll('\r\n', '\n');
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

export function submissionAllowList({
  files,
  content,
  alsoAllowed,
}: {
  files: readonly ShippedFile[];
  content: ReadonlyMap<string, string | Uint8Array>;
  alsoAllowed: readonly string[];
}): SubmissionAllowList {
  const solutionFiles = solutionFunctions(files);
  const solutionPaths = new Set(solutionFiles.map(({ path }) => path));
  const given = [...content].filter(([path]) => !solutionPaths.has(path));
  return {
    name: 'assignment_3_submission.zip',
    solutionFiles,
    optional: alsoAllowed,
    given: Object.fromEntries(given.map(([path, bytes]) => [path, contentHash(bytes)])),
  };
}
