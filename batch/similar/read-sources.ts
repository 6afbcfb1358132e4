import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { admit } from '../../grader/pipeline/intake/admit.ts';
import type { Submitted } from '../sources/submitted.ts';
import type { Sources } from './fingerprints.ts';

/** The files that students write, as the template has them and as they were submitted; what was refused has none. */
export async function readSources(setup: {
  readonly submissions: readonly Submitted[];
  readonly assignment: Assignment;
  readonly template: string;
}): Promise<{ submissions: ReadonlyMap<string, Sources>; template: Sources }> {
  const { assignment, template } = setup;
  const paths = [...new Set(assignment.parts.flatMap((part) => part.solutionFiles.map(({ path }) => path)))];
  const given = new Map(paths.map((path) => [path, readFileSync(join(template, path), 'utf8')]));
  const submissions = new Map<string, Sources>();
  for (const { id, path } of setup.submissions) {
    const admitted = await admit({ submission: path, template }, assignment);
    if (!('ingested' in admitted)) continue;
    const files = [...admitted.ingested.files].filter(([name]) => given.has(name));
    submissions.set(id, new Map(files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')])));
  }
  return { submissions, template: given };
}
