import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { GraderError } from '../../grader/format/errors.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { stage } from '../../grader/ingest/index.ts';
import { admit } from '../../grader/pipeline/intake/admit.ts';
import { reviewSources } from '../../grader/pipeline/intake/review-sources.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import { checkInProcess } from '../../grader/practice/check-in-process.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';

/** What became of each check of a part, by its id. */
export type Verdicts = Readonly<Record<string, string>>;

/** A solution of the corpus: the reference, with a folder's files laid over it. */
export interface Solution {
  readonly name: string;
  readonly overlay: string;
}

const SUBMISSIONS = join(FIXTURES, 'submissions');

/** Every other right solution of a part, and every typical mistake in it, by turns: the first ones are of both kinds. */
export function solutionsOf(part: string): Solution[] {
  const [right, wrong] = ['should-pass', 'should-fail'].map((kind) => solutionsIn(kind, part));
  return Array.from({ length: Math.max(right.length, wrong.length) }, (_, i) => [
    ...right.slice(i, i + 1),
    ...wrong.slice(i, i + 1),
  ]).flat();
}

function solutionsIn(kind: string, part: string): Solution[] {
  const folder = join(SUBMISSIONS, kind, part);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name: `${kind}/${part}/${name}`, overlay: join(folder, name) }));
}

/** Judges solutions in this process, on its backend: what is not to be trusted does not belong here. */
export class SolutionJudge {
  readonly #assignment: Assignment = loadAssignment(
    ['public', 'private'].map((half) => join(FIXTURES, half)),
  );
  readonly #folder: string;

  constructor() {
    // Beneath the project, where its packages are found.
    const cache = join(ROOT, '.cache');
    mkdirSync(cache, { recursive: true });
    this.#folder = mkdtempSync(join(cache, 'solutions-'));
  }

  async verdicts(partId: string, { name, overlay }: Solution): Promise<Verdicts> {
    const submitted = mkdtempSync(join(this.#folder, 'submitted-'));
    const staged = mkdtempSync(join(this.#folder, 'staged-'));
    cpSync(join(SUBMISSIONS, 'should-pass', 'reference'), submitted, { recursive: true });
    cpSync(overlay, submitted, { recursive: true });
    const assignment = selectParts(this.#assignment, [partId]);
    const admitted = await admit({ submission: submitted, template: TEMPLATE }, assignment);
    if ('refusal' in admitted) throw new GraderError(`${name}: ${admitted.refusal}`);
    const { files } = admitted.ingested;
    await stage({ template: TEMPLATE, files, directory: staged, allow: assignment.allow });
    const results = await checkInProcess({
      part: assignment.parts[0],
      folder: staged,
      template: TEMPLATE,
      files,
      review: reviewSources({ assignment, staged, template: TEMPLATE }),
      load: (path) => import(pathToFileURL(join(staged, path)).href) as Promise<Record<string, unknown>>,
    });
    return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
