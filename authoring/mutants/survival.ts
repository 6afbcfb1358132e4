import type { Check } from '../../grader/checks/index.ts';
import type { JudgedMutant, MutantRecord } from './record.ts';

/** The shares of the mutants that compute something else than the reference which must die. */
export const LEAST_KILLED = { allChecks: 0.97, privateChecks: 0.85 } as const;

/** A check, and whether students are shown it. */
export interface RatedCheck {
  readonly check: Check;
  readonly visibility: 'public' | 'private';
}

export interface Survival {
  /** Mutants that are not equivalent. */
  readonly counted: number;
  readonly equivalent: number;
  /** Of those that are counted, the ones that a check fails. */
  readonly killed: number;
  /** Of those that change values, not how memory is used or the code written. */
  readonly ofValues: { readonly counted: number; readonly killedByPrivate: number };
  /** By id: no check fails, and nobody has said that they are equivalent. */
  readonly survivors: ReadonlyMap<string, JudgedMutant>;
  /** Ids that are called equivalent though a check fails them, or that there are none of. */
  readonly wronglyEquivalent: readonly string[];
}

/** Of ownership and tidiness, which few private checks ask. */
const ABOUT_FORM: ReadonlySet<Check['kind']> = new Set(['memory', 'source-rule', 'kernel-count']);

/** How a part's rubric deals with its mutants. */
export function survivalOf(
  checks: readonly RatedCheck[],
  { mutants }: MutantRecord,
  equivalent: Readonly<Record<string, string>>,
): Survival {
  const all = Object.entries(mutants);
  const counted = all.filter(([id]) => !Object.hasOwn(equivalent, id));
  const survivors = counted.filter(([, { fails }]) => fails.length === 0);
  const kindOf = new Map(checks.map(({ check }) => [check.id, check.kind]));
  const isPrivate = new Set(
    checks.filter(({ visibility }) => visibility === 'private').map(({ check }) => check.id),
  );
  const valuesFail = ({ fails }: JudgedMutant): string[] =>
    fails.filter((id) => !ABOUT_FORM.has(kindOf.get(id)!));
  const ofValues = counted.filter(([, mutant]) => valuesFail(mutant).length > 0 || mutant.fails.length === 0);
  return {
    counted: counted.length,
    equivalent: all.length - counted.length,
    killed: counted.length - survivors.length,
    ofValues: {
      counted: ofValues.length,
      killedByPrivate: ofValues.filter(([, mutant]) => valuesFail(mutant).some((id) => isPrivate.has(id)))
        .length,
    },
    survivors: new Map(survivors),
    wronglyEquivalent: Object.keys(equivalent).filter((id) => (mutants[id]?.fails.length ?? 1) > 0),
  };
}
