export { compareTensors } from './compare-tensors.ts';
export { describeMismatch, describeMismatchKind } from './describe-mismatch.ts';
export { indexAt } from './tensor-layout.ts';
