import type { PartDefinition } from '../../grader/assignment/define.ts';
import { partsCalled } from '../../grader/assignment/part-names.ts';

/** The parts that are called by some names. @throws UsageError naming those that there are */
export function partsOf(names: readonly string[], parts: readonly PartDefinition[]): PartDefinition[] {
  const named = parts.map(({ id, files }) => ({
    id,
    files: Object.keys(files).filter((path) => files[path].role !== 'given'),
  }));
  const called = partsCalled(names, named);
  return parts.filter(({ id }) => called.includes(id));
}
