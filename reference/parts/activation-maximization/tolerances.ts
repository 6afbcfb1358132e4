/** Of one evaluation on a small model. */
export const tolerance = { atol: 1e-6, rtol: 1e-4 };
/** Several steps on end: rounding of one step enters the next. */
export const stepsTolerance = { atol: 1e-5, rtol: 1e-3 };
