import { z } from 'zod';
import type { Evidence } from './evidence.ts';
import { gradientClose } from './gradient-close/index.ts';
import { kernelCount } from './kernel-count/index.ts';
import type { CheckKind, ObservedCall } from './kind.ts';
import { memory } from './memory/index.ts';
import { whyImplausible } from './plausible.ts';
import { pngMatch } from './png-match/index.ts';
import { propertyKind } from './property/index.ts';
import { quiz } from './quiz/index.ts';
import type { ValueOf } from './resolve-value.ts';
import { sourceRule } from './source-rule/index.ts';
import { tensorClose } from './tensor-close/index.ts';
import type { Verdict } from './verdict.ts';

/** One check of an assignment; `kind` says how it judges. */
export const check = z.discriminatedUnion('kind', [
  gradientClose.schema,
  kernelCount.schema,
  memory.schema,
  pngMatch.schema,
  propertyKind.schema,
  quiz.schema,
  sourceRule.schema,
  tensorClose.schema,
]);
export type Check = z.output<typeof check>;
/** A check as an instructor writes it, defaults left out. */
export type CheckDefinition = z.input<typeof check>;

/** Every kind by its name; a kind that the union knows and this list does not fails to compile. */
const kinds = {
  'gradient-close': gradientClose,
  'kernel-count': kernelCount,
  memory,
  'png-match': pngMatch,
  property: propertyKind,
  quiz,
  'source-rule': sourceRule,
  'tensor-close': tensorClose,
} satisfies { [Kind in Check['kind']]: unknown };

function kindOf(of: Check): CheckKind<z.ZodType<Check>> {
  // The list pairs each name with the kind of that name; TypeScript cannot follow the pairing through the union.
  return kinds[of.kind] as unknown as CheckKind<z.ZodType<Check>>;
}

export function judge(of: Check, evidence: Evidence): Verdict {
  return whyImplausible(of.plausible ?? [], evidence) ?? kindOf(of).judge(of, evidence);
}

/** The reference's values that a check compares with, by case. */
export function expectedOf(of: Check): readonly ValueOf[] {
  return [...(of.plausible ?? []), ...(kindOf(of).expected?.(of) ?? [])];
}

/** The values of a submission that a check looks at, by case. */
export function valuesOf(of: Check): readonly ValueOf[] {
  return [...(of.plausible ?? []), ...(kindOf(of).values?.(of) ?? [])];
}

/** The observed calls whose counts a check looks at. */
export function observedOf(of: Check): readonly ObservedCall[] {
  return kindOf(of).observed?.(of) ?? [];
}

/** Ids of the cases whose calls a check needs. */
export function casesOf(of: Check): readonly string[] {
  return [...new Set([...kindOf(of).cases(of), ...(of.plausible ?? []).map((value) => value.case)])];
}
