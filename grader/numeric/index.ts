export { compareTensors, type TensorComparison } from './compare-tensors.ts';
export type { Comparison, Disagreement, Distance, Mismatch, WorstValue } from './comparison.ts';
export { describeMismatch, describeMismatchKind, toleranceText } from './describe-mismatch.ts';
export { assertWellFormed, indexAt } from './tensor-layout.ts';
