import type { z } from 'zod';
import type { FailureKind } from '../verdict.ts';
import type { Operand } from './operand.ts';
import type { Subject } from './subject.ts';

/** Whether a property holds, and the words for it when it does not. */
export interface PropertyFinding {
  readonly holds: boolean;
  /** What kind of thing is wrong, without any value: all that is shown of a private case. */
  readonly summary: string;
  /** Of a property that does not hold; default `values`. */
  readonly kind?: Extract<FailureKind, 'not-finite' | 'form' | 'values'>;
  /** What was found and what was expected. */
  readonly detail: string;
  /** How much of what is allowed was used: 1 is the limit. Absent where the limit has no scale. */
  readonly used?: number | undefined;
}

/**
 * A property that values may have: its entry in a check, what else it looks at, and how it is judged. Properties
 * are one file each, listed in `properties.ts`. A judge gets finite values only and is a pure function.
 */
export interface PropertyKind<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** The values that the property compares with, where it does. */
  operand?(property: z.output<Schema>): Operand | undefined;
  judge(property: z.output<Schema>, subject: Subject, other: Subject | undefined): PropertyFinding;
}

/** The other side of a comparison. @throws Error when the kind forgot to name it as its operand */
export function need(other: Subject | undefined): Subject {
  if (!other) throw new Error('the property compares with nothing');
  return other;
}

/** The finding that two shapes part, or undefined when they are the same. */
export function differentShapes(subject: Subject, other: Subject): PropertyFinding | undefined {
  const [actual, wanted] = [subject.tensor.shape, other.tensor.shape];
  if (actual.length === wanted.length && actual.every((side, axis) => side === wanted[axis]))
    return undefined;
  return {
    holds: false,
    kind: 'form',
    summary: `${subject.name} does not have the shape of ${other.name}`,
    detail: `${subject.name} has the shape [${actual.join(',')}]; ${other.name} has [${wanted.join(',')}]`,
  };
}
