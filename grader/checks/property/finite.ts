import { z } from 'zod';
import { indexAt } from '../../numeric/index.ts';
import type { PropertyFinding, PropertyKind } from './finding.ts';
import type { Subject } from './subject.ts';

const schema = z.strictObject({ property: z.literal('finite') });

/** The first value that is NaN or infinite, as a finding; undefined when there is none. */
export function notFinite({ name, tensor }: Subject): PropertyFinding | undefined {
  const offset = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (offset < 0) return undefined;
  const at = tensor.shape.length > 0 ? ` at [${indexAt({ offset, shape: tensor.shape }).join(',')}]` : '';
  const summary = `${name} has values that are NaN or infinite`;
  return {
    holds: false,
    kind: 'not-finite',
    summary,
    detail: `${summary}: the first one is ${tensor.data[offset]}${at}`,
  };
}

/** No NaN and no infinity. Every other property asks for it too. */
export const finite: PropertyKind<typeof schema> = {
  schema,
  judge: (_, subject) => ({ holds: true, summary: '', detail: `${subject.name} is finite` }),
};
