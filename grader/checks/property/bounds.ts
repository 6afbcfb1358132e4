import { z } from 'zod';
import type { PropertyFinding } from './finding.ts';

/** At least one of the two limits; both are inclusive. */
export const bounds = { atLeast: z.number().optional(), atMost: z.number().optional() };

export const hasBound = (property: { atLeast?: number | undefined; atMost?: number | undefined }): boolean =>
  property.atLeast !== undefined || property.atMost !== undefined;
export const NO_BOUND = 'atLeast or atMost must be given';

/** Stands for a use without end, such as a rise that is a fall; JSON knows no infinity. */
export const BEYOND = 1e6;

/** A number as people write it, short. */
export function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

const capped = (use: number): number => (use >= 0 && use < BEYOND ? use : BEYOND);

function useOf(value: number, { atLeast, atMost, best }: Bound): number | undefined {
  const uses: number[] = [];
  if (best !== undefined) {
    // How far from the best value there is, of how far is allowed.
    if (atLeast !== undefined && best > atLeast) uses.push(capped((best - value) / (best - atLeast)));
    if (atMost !== undefined && atMost > best) uses.push(capped((value - best) / (atMost - best)));
  } else {
    if (atLeast !== undefined && atLeast > 0) uses.push(value > 0 ? capped(atLeast / value) : BEYOND);
    if (atMost !== undefined && atMost > 0) uses.push(value > 0 ? capped(value / atMost) : 0);
  }
  return uses.length > 0 ? Math.max(...uses) : undefined;
}

interface Bound {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
  /** The best value the quantity can take, where it has one: 1 for a correlation. */
  readonly best?: number | undefined;
}

/** Holds a quantity against its bounds; `what` says which quantity, of what: `the mean of the map`. */
export function judgeBounds(what: string, value: number, bound: Bound): PropertyFinding {
  const { atLeast, atMost } = bound;
  const tooSmall = atLeast !== undefined && !(value >= atLeast);
  const tooLarge = atMost !== undefined && !(value <= atMost);
  const wanted = [
    ...(atLeast === undefined ? [] : [`at least ${short(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${short(atMost)}`]),
  ].join(' and ');
  const used = useOf(value, bound);
  return {
    holds: !tooSmall && !tooLarge,
    summary: `${what} is too ${tooLarge ? 'large' : 'small'}`,
    detail: `${what} is ${short(value)}; it must be ${wanted}`,
    ...(used === undefined ? {} : { used }),
  };
}
