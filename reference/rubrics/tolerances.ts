/** Values agree when `|actual - expected| <= atol + rtol * |expected|`. */
export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
}

/** One evaluation of a small model, whose sums have few terms. */
export const exact: Tolerance = { atol: 1e-6, rtol: 1e-4 };

/** A result that several roundings lead to: a quotient of sums, a loss of many terms, a step of an optimizer. */
export const composed: Tolerance = { atol: 1e-5, rtol: 1e-4 };

/** Several steps in a row: what one of them rounds enters the next. */
export const steps: Tolerance = { atol: 1e-5, rtol: 1e-3 };

/** Several steps of training, in which rounding grows from step to step in all weights. */
export const training: Tolerance = { atol: 2e-5, rtol: 1e-3 };

/** Several long steps with a blur after each: every iteration starts from what the one before rounded. */
export const iterations: Tolerance = { atol: 1e-3, rtol: 1e-3 };

/** Gradients of a deep network sum thousands of terms, in an order that is the backend's own. */
export const network: Tolerance = { atol: 1e-4, rtol: 1e-3 };

/** The same for maps that are the gradient itself, whose values are far below 1. */
export const networkGradient: Tolerance = { atol: 1e-5, rtol: 1e-3 };
