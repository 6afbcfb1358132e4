import type { Assignment } from '../assignment/loaded.ts';
import { partsCalled } from '../assignment/part-names.ts';

/**
 * An assignment with the parts that are called by some names, or with all.
 * @throws UsageError when there is no such part
 */
export function selectParts(assignment: Assignment, wanted: readonly string[] | undefined): Assignment {
  if (!wanted) return assignment;
  const parts = assignment.parts.map(({ id, solutionFiles, documents }) => ({
    id,
    files: [...solutionFiles.map(({ path }) => path), ...documents.keys()],
  }));
  const called = partsCalled(wanted, parts);
  return { ...assignment, parts: assignment.parts.filter(({ id }) => called.includes(id)) };
}
