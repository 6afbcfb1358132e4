import { z } from 'zod';
import { argmax } from './argmax.ts';
import { change } from './change.ts';
import { correlation } from './correlation.ts';
import { distance } from './distance.ts';
import type { PropertyKind } from './finding.ts';
import { finite } from './finite.ts';
import { insideMask } from './inside-mask.ts';
import { monotone } from './monotone.ts';
import { range } from './range.ts';
import { shape } from './shape.ts';
import { statistic } from './statistic.ts';

/** What may be said of values; `property` says which. */
export const property = z.discriminatedUnion('property', [
  argmax.schema,
  change.schema,
  correlation.schema,
  distance.schema,
  finite.schema,
  insideMask.schema,
  monotone.schema,
  range.schema,
  shape.schema,
  statistic.schema,
]);
export type Property = z.output<typeof property>;

/** Every property by its name; one that the union knows and this list does not fails to compile. */
const kinds = {
  argmax,
  change,
  correlation,
  distance,
  finite,
  'inside-mask': insideMask,
  monotone,
  range,
  shape,
  statistic,
} satisfies { [Name in Property['property']]: unknown };

export function kindOf(of: Property): PropertyKind<z.ZodType<Property>> {
  // The list pairs each name with the kind of that name; TypeScript cannot follow the pairing through the union.
  return kinds[of.property] as unknown as PropertyKind<z.ZodType<Property>>;
}
