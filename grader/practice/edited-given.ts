import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Refusal } from '../ingest/choose.ts';
import { listModules } from '../pipeline/intake/template-files.ts';

const WHY =
  'it differs from the original, which the checks and the grading use; npm run visualize and --inspect use yours';

/** The given modules of a folder that are not as the template has them; line ends may differ. */
export function editedGiven(options: {
  readonly folder: string;
  readonly template: string;
  /** What a submission may contain. */
  readonly allow: readonly string[];
}): Refusal[] {
  const { folder, template, allow } = options;
  const text = (...path: string[]): string => readFileSync(join(...path), 'latin1').replaceAll('\r\n', '\n');
  return givenModules(template, allow)
    .filter((path) => existsSync(join(folder, path)) && text(folder, path) !== text(template, path))
    .map((path) => ({ path, why: WHY }));
}

/** The template's modules that are not for students to write. */
export function givenModules(template: string, allow: readonly string[]): string[] {
  return [...listModules(template)].filter((path) => !allow.includes(path));
}
