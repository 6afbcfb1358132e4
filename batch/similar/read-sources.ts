import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { admit } from '../../grader/pipeline/intake/admit.ts';
import type { Submitted } from '../sources/submitted.ts';
import type { Sources } from './fingerprints.ts';
import { orLeftOut, withReason, type LeftOut } from './left-out.ts';

/** Told of each submission how many have been read, itself among them. */
export type OnRead = (read: number, total: number) => void;

/**
 * The files that students write, as the template has them and as they were submitted; what was refused has none, and
 * what cannot be read costs only itself.
 */
export async function readSources(setup: {
  readonly submissions: readonly Submitted[];
  readonly assignment: Assignment;
  readonly template: string;
  readonly onRead?: OnRead;
}): Promise<{
  readonly submissions: ReadonlyMap<string, Sources>;
  readonly template: Sources;
  readonly leftOut: readonly LeftOut[];
}> {
  const { assignment, template, onRead = () => undefined } = setup;
  const leftOut: LeftOut[] = [];
  const paths = [...new Set(assignment.parts.flatMap((part) => part.solutionFiles.map(({ path }) => path)))];
  const given = new Map(
    paths.flatMap((path): [string, string][] => {
      const text = orLeftOut(leftOut, path, () => readFileSync(join(template, path), 'utf8'));
      return text === undefined ? [] : [[path, text]];
    }),
  );
  const submissions = new Map<string, Sources>();
  for (const [at, { id, path }] of setup.submissions.entries()) {
    onRead(at, setup.submissions.length);
    try {
      const admitted = await admit({ submission: path, template }, assignment);
      if (!('ingested' in admitted)) continue;
      const files = [...admitted.ingested.files].filter(([name]) => given.has(name));
      submissions.set(id, new Map(files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')])));
    } catch (error) {
      leftOut.push(withReason(id, error));
    }
  }
  onRead(setup.submissions.length, setup.submissions.length);
  return { submissions, template: given, leftOut };
}
