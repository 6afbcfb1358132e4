import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssignmentDefinition } from '../../grader/assignment/define.ts';
import { half } from '../../grader/assignment/half.ts';
import { assignmentWith } from '../../reference/assignment.ts';
import { embeddedRoles } from '../../reference/cases/embedded-roles.ts';
import type { Roles } from '../../reference/cases/roles.ts';
import { ROOT } from '../../repository.ts';
import { compileAssignment } from '../fixtures/compile.ts';
import type { Recording } from '../fixtures/record.ts';
import { recordOrRefuse } from '../fixtures/record-and-judge.ts';
import { exampleSubmissions } from '../fixtures/submissions.ts';
import { checkDefinition } from '../invariants/definition.ts';
import { knownMistakesFiles } from '../known-mistakes/files.ts';
import { writeGenerated } from '../template/generated-folder.ts';
import { generateTemplate } from '../template/generate.ts';
import { placesIn } from './folder.ts';
import { PRIVATE_SEED_FILE, PrivateDraws } from './private-seed.ts';

/** An assignment that the reference is yet to run on. */
export interface Course {
  readonly assignment: AssignmentDefinition;
  /** What draws its private cases, where the assignment's own seed does not. */
  readonly draws?: PrivateDraws;
}

/** The assignment with a cast, its private cases drawn by a secret where there is one. */
function drawn(roles: Roles, secret: string | undefined): Course {
  const assignment = assignmentWith(roles);
  if (secret === undefined) return { assignment };
  const draws = new PrivateDraws(secret, (seed) => assignmentWith(roles, seed));
  return { assignment: draws.first(assignment), draws };
}

/** A course on a network of its own: cases that look into it, weights and pictures among the files of the template. */
export function ownCourse(
  roles: Roles,
  {
    alsoShipped,
    secret,
  }: { readonly alsoShipped: Readonly<Record<string, string>>; readonly secret?: string | undefined },
): Course {
  const course = drawn(roles, secret);
  return { ...course, assignment: { ...course.assignment, alsoShipped, networks: 'own' } };
}

/** A course on the embedded networks, its private cases drawn by a secret. */
export const embeddedCourse = (secret: string): Course => drawn(embeddedRoles, secret);

/**
 * Runs the reference on every case of a course, checked as the embedded course is. A private case that was drawn by a secret
 * is drawn again where the reference, or a trivial answer, shows that it makes a bad test.
 * @param told.onAgain told a part, and which of its cases were drawn again
 * @returns also the assignment as it was recorded
 * @throws Error naming all that keeps the assignment from being compiled
 */
export async function recordCourse(
  { assignment, draws }: Course,
  told: {
    readonly onCase: (name: string) => void;
    readonly onAgain: (part: string, cases: readonly string[]) => void;
  },
): Promise<{ readonly recording: Recording; readonly assignment: AssignmentDefinition }> {
  const pages = checkDefinition(assignment);
  const asked = assignment.parts.filter((part) => !part.solved);
  const { recording, parts } = await recordOrRefuse(assignment, {
    ...{ pages, parts: asked, twice: true, onCase: told.onCase },
    again: (part, refusals) => {
      const cases = new Set(refusals.flatMap((one) => one.cases ?? []));
      const other = draws?.again(part, cases);
      if (other) told.onAgain(part.id, other.drawn);
      return other?.part;
    },
  });
  const recorded = assignment.parts.map((part) => parts.find(({ id }) => id === part.id) ?? part);
  return { recording, assignment: { ...assignment, parts: recorded } };
}

/**
 * What the grader knows of wrong solutions on a course: on networks of its own nothing; else what they return on the
 * public cases, which are the embedded ones. What they return on the embedded private cases says nothing of others.
 */
function knownMistakesOn({
  networks,
  parts,
}: AssignmentDefinition): (readonly [path: string, text: string])[] {
  if (networks === 'own') return [];
  return [...knownMistakesFiles(parts)].filter(([path]) => path.startsWith(`${half.enum.public}/`));
}

/**
 * Writes both halves of a compiled course, its template, the reference as a student would submit it, and the secret where
 * private cases were drawn by one, readable only by whoever compiles.
 */
export async function writeCourse(
  assignment: AssignmentDefinition,
  {
    recording,
    directory,
    secret,
  }: { readonly recording: Recording; readonly directory: string; readonly secret: string | undefined },
): Promise<void> {
  const places = placesIn(directory);
  const files = [...compileAssignment(assignment, recording), ...knownMistakesOn(assignment)];
  writeGenerated(places.fixtures, new Map(files));
  writeGenerated(places.template, generateTemplate({ root: ROOT, assignment }));
  const submissions = await exampleSubmissions(assignment);
  for (const [path, content] of submissions) {
    if (path.startsWith('example/')) writeFileSync(places.example, content);
  }
  if (secret !== undefined) writeFileSync(join(directory, PRIVATE_SEED_FILE), `${secret}\n`, { mode: 0o600 });
}

/** How many cases an assignment has. */
export const casesIn = ({ parts }: AssignmentDefinition): number =>
  parts.reduce((sum, { cases, solved }) => sum + (solved ? 0 : cases.length), 0);
