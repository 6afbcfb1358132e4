import type { Check } from '../../grader/checks/index.ts';
import type { Measured, MeasuredRun } from './measured.ts';

/** On either side. */
export const LEAST_MARGIN = 3;

/** A tolerance that lies further above what right solutions need takes in what is none of them. */
export const LARGEST_MARGIN = 10_000;

/**
 * The relative error that stands in for the worst right value where right solutions differ by less: that of one rounding.
 * None has been seen that rounds otherwise, which does not say that there is none.
 */
const ROUNDING = 1e-7;

/** The same for a picture, as a share of the different pixels that are allowed: pixels are equal or not. */
const FLOOR_OF_PICTURES = 0.001;

/** A submission and how much of a tolerance it used. */
export interface Extreme {
  readonly used: number;
  readonly name: string;
}

/** A check with a tolerance, between right and wrong. */
export interface Margins {
  readonly check: string;
  /** In words: `1e-6 + 1e-4 |e|`. */
  readonly tolerance: string;
  readonly right: Extreme;
  /** Undefined where no wrong solution is told from a right one by its values here. */
  readonly wrong: Extreme | undefined;
  /** How many times larger the tolerance is than the worst right value. */
  readonly below: number;
  /** How many times larger the best wrong value is than the tolerance. */
  readonly above: number | undefined;
}

/** A mistake as its folder describes it. */
export interface KnownMistake {
  readonly fails: readonly string[];
  /** Checks by which it is hardly told from a right solution, since it nearly is one. */
  readonly nearly?: readonly string[] | undefined;
}

/** The tolerance of a check in words; undefined where it has none. */
export function toleranceOf(check: Check): string | undefined {
  if (check.kind === 'png-match') return `${check.maxDifferentShare} of the pixels`;
  if (check.kind !== 'tensor-close' && check.kind !== 'gradient-close') return undefined;
  if (check.atol === 0 && check.rtol === 0) return undefined;
  return `${check.atol} + ${check.rtol} \\|e\\|`;
}

function floorOf(check: Check): number {
  if (check.kind !== 'tensor-close' && check.kind !== 'gradient-close') return FLOOR_OF_PICTURES;
  // Where the tolerance is absolute alone, one rounding of values around 1.
  return ROUNDING / Math.max(check.rtol > 0 ? check.rtol : check.atol, ROUNDING);
}

/**
 * The margins of a part's checks, in their order; of those alone that compare with a tolerance.
 * @param mistakes by their place below `fixtures/submissions/`
 */
export function marginsOf(
  checks: readonly Check[],
  { right, wrong }: Measured,
  mistakes: ReadonlyMap<string, KnownMistake>,
): Margins[] {
  return checks.flatMap((check) => {
    const tolerance = toleranceOf(check);
    if (tolerance === undefined) return [];
    const worst = extremes(right, check.id).at(-1) ?? { used: 0, name: '' };
    // A mistake counts where the check is there for it: its page says that it fails by more than a hair.
    const meant = Object.entries(wrong).filter(([name]) => {
      const { fails = [], nearly = [] } = mistakes.get(name) ?? {};
      return fails.includes(check.id) && !nearly.includes(check.id);
    });
    const best = extremes(Object.fromEntries(meant), check.id).at(0);
    return {
      check: check.id,
      tolerance,
      right: worst,
      wrong: best,
      below: 1 / Math.max(worst.used, floorOf(check)),
      above: best?.used,
    };
  });
}

/** Runs in which a comparison took place, by how much it used. */
function extremes(runs: Readonly<Record<string, MeasuredRun>>, check: string): Extreme[] {
  return Object.entries(runs)
    .flatMap(([name, { used }]) => (used[check] === undefined ? [] : [{ used: used[check], name }]))
    .toSorted((a, b) => a.used - b.used);
}

/** A check that nothing fails alone. */
export interface NeverAlone {
  readonly check: string;
  /** Checks that fail whenever it does; empty where there are none, or it never fails. */
  readonly always: readonly string[];
  /** How many mistakes and mutants fail it. */
  readonly failures: number;
}

/** Checks worth points that no mistake and no mutant fails alone, by the checks that each one failed. */
export function neverAlone(
  checks: readonly Check[],
  failures: readonly (readonly string[])[],
): readonly NeverAlone[] {
  return checks.flatMap(({ id, points }) => {
    const mine = failures.filter((fails) => fails.includes(id));
    if (points === 0 || mine.some((fails) => fails.length === 1)) return [];
    const always = checks
      .map((other) => other.id)
      .filter((other) => other !== id && mine.length > 0 && mine.every((fails) => fails.includes(other)));
    return [{ check: id, always, failures: mine.length }];
  });
}
