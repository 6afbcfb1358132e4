import { readFileSync } from 'node:fs';
import { contentHash, type SubmissionAllowList } from '../../collect_submission.ts';
import { exportedFunctions } from './exports.ts';
import type { ShippedFile } from './layout.ts';
import { parseModule } from './source-module.ts';

/** The solution files by template path, each with the functions that it must export. */
export function solutionFunctions(files: readonly ShippedFile[]): { path: string; functions: string[] }[] {
  return files
    .filter(({ role }) => role === 'solution')
    .map(({ templatePath, source }) => ({
      path: templatePath,
      functions: exportedFunctions(parseModule(source, readFileSync(source, 'utf8'))),
    }));
}

/** The documents by template path: files other than code that the student fills in. */
export function documentPaths(files: readonly ShippedFile[]): string[] {
  return files.filter(({ role }) => role === 'document').map(({ templatePath }) => templatePath);
}

/** `submission.json` of the template: what may be submitted, and how to tell that given files changed. */
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
  const optional = [...documentPaths(files), ...alsoAllowed];
  const given = [...content].filter(([path]) => !solutionPaths.has(path) && !optional.includes(path));
  return {
    name: 'assignment_3_submission.zip',
    solutionFiles,
    optional,
    given: Object.fromEntries(given.map(([path, bytes]) => [path, contentHash(bytes)])),
  };
}
