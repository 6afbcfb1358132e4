import { z } from 'zod';
import { differentShapes, type PropertyKind } from './finding.ts';
import { operand } from './operand.ts';

const schema = z.strictObject({
  property: z.literal('shape'),
  /** The shape itself, or that of other values. */
  is: z.union([z.array(z.number().int().nonnegative()), operand]),
});

/** The shape is the given one or that of other values. */
export const shape: PropertyKind<typeof schema> = {
  schema,
  operand: ({ is }) => (Array.isArray(is) ? undefined : is),
  judge({ is }, subject, other) {
    const { name, tensor } = subject;
    const given = Array.isArray(is)
      ? { name: 'the expected result', tensor: { ...tensor, shape: is } }
      : other!;
    const different = differentShapes(subject, given);
    if (!different) return { holds: true, summary: '', detail: `${name} has the right shape` };
    const detail = `${name} has the shape [${tensor.shape.join(',')}]; expected [${given.tensor.shape.join(',')}]`;
    return { holds: false, summary: `${name} has a wrong shape`, detail };
  },
};
