import type { PartDefinition } from '../../grader/assignment/define.ts';
import { assignment } from '../../reference/assignment.ts';
import { partsOf } from '../options/parts.ts';

/** The parts that students solve. */
export const gradedParts: readonly PartDefinition[] = assignment.parts.filter((part) => !part.solved);

/** Those that are called by some names, or all. @throws UsageError naming those that there are */
export const gradedPartsOf = (names: readonly string[]): readonly PartDefinition[] =>
  names.length === 0 ? gradedParts : partsOf(names, gradedParts);
