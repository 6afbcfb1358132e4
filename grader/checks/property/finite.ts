import { z } from 'zod';
import { describeNonFinite, findNonFinite } from '../../numeric/non-finite.ts';
import type { PropertyFinding, PropertyKind } from './finding.ts';
import type { Subject } from './subject.ts';

const schema = z.strictObject({ property: z.literal('finite') });

/** The values that are NaN or infinite, as a finding; undefined when there are none. */
export function notFinite({ name, tensor }: Subject): PropertyFinding | undefined {
  const found = findNonFinite(tensor);
  if (!found) return undefined;
  const summary = `${name} has values that are NaN or infinite`;
  return { holds: false, kind: 'not-finite', summary, detail: `${summary}: ${describeNonFinite(found)}` };
}

/** No NaN and no infinity. Every other property asks for it too. */
export const finite: PropertyKind<typeof schema> = {
  schema,
  judge: (_, subject) => ({ holds: true, summary: '', detail: `${subject.name} is finite` }),
};
