import { writeFileSync } from 'node:fs';
import type { AssignmentDefinition } from '../../grader/assignment/define.ts';
import { assignmentWith } from '../../reference/assignment.ts';
import type { Roles } from '../../reference/cases/roles.ts';
import { ROOT } from '../../repository.ts';
import { compileAssignment } from '../fixtures/compile.ts';
import type { Recording } from '../fixtures/record.ts';
import { recordOrRefuse } from '../fixtures/record-and-judge.ts';
import { exampleSubmissions } from '../fixtures/submissions.ts';
import { checkDefinition } from '../invariants/definition.ts';
import { writeGenerated } from '../template/generated-folder.ts';
import { generateTemplate } from '../template/generate.ts';
import { placesIn } from './folder.ts';

/** A course's assignment: cases that look into its network, weights and pictures among the files of the template. */
export function courseAssignment(
  roles: Roles,
  alsoShipped: Readonly<Record<string, string>>,
): AssignmentDefinition {
  return { ...assignmentWith(roles), alsoShipped, networks: 'own' };
}

/**
 * Runs the reference on every case of a course, checked as the embedded course is.
 * @throws Error naming all that keeps the assignment from being compiled
 */
export async function recordCourse(
  assignment: AssignmentDefinition,
  onCase: (name: string) => void,
): Promise<Recording> {
  const pages = checkDefinition(assignment);
  const parts = assignment.parts.filter((part) => !part.solved);
  const { recording } = await recordOrRefuse(assignment, { pages, parts, twice: true, onCase });
  return recording;
}

/** Writes both halves of a compiled course, its template, and the reference as a student would submit it. */
export async function writeCourse(
  assignment: AssignmentDefinition,
  { recording, directory }: { readonly recording: Recording; readonly directory: string },
): Promise<void> {
  const places = placesIn(directory);
  writeGenerated(places.fixtures, compileAssignment(assignment, recording));
  writeGenerated(places.template, generateTemplate({ root: ROOT, assignment }));
  const submissions = await exampleSubmissions(assignment);
  for (const [path, content] of submissions) {
    if (path.startsWith('example/')) writeFileSync(places.example, content);
  }
}

/** How many cases an assignment has. */
export const casesIn = ({ parts }: AssignmentDefinition): number =>
  parts.reduce((sum, { cases, solved }) => sum + (solved ? 0 : cases.length), 0);
