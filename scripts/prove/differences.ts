import type { Verdicts } from './solutions.ts';

/** A check that came out otherwise than on WASM. */
export interface Difference {
  readonly solution: string;
  readonly check: string;
  readonly expected: string;
  /** `none` where it was not judged. */
  readonly actual: string;
}

type BySolution = Readonly<Record<string, Verdicts>>;

/** Every check of which two backends come to another verdict. */
export function differences({
  expected,
  actual,
}: {
  expected: BySolution;
  actual: BySolution;
}): Difference[] {
  return Object.entries(expected).flatMap(([solution, verdicts]) =>
    Object.entries(verdicts)
      .map(([check, verdict]) => ({
        solution,
        check,
        expected: verdict,
        actual: actual[solution]?.[check] ?? 'none',
      }))
      .filter((one) => one.expected !== one.actual),
  );
}
