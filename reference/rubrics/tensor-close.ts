import type { CheckDefinition } from '../../grader/assignment/define.ts';

/** What differs from one comparison of a call's whole result to the next. */
interface Comparison {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly case: string;
  readonly call: string;
  readonly hint?: string;
  readonly requires?: string[];
}

/** For small models, whose sums have few terms. */
const smallTolerance = { atol: 1e-6, rtol: 1e-4 };

/** A check that compares all that a call returns with what the reference returned. */
export function tensorClose({ call, ...rest }: Comparison, tolerance = smallTolerance): CheckDefinition {
  return { kind: 'tensor-close', ...rest, value: { call }, ...tolerance };
}
