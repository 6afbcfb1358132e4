export { compareTensors } from './compare-tensors.ts';
export { describeDiagnosis, diagnose, type Diagnosis } from './diagnose.ts';
export { describeMismatch, describeMismatchKind } from './describe-mismatch.ts';
export { allFinite } from './non-finite.ts';
export { indexAt } from './tensor-layout.ts';
export { mapTensors, type MappedPair, type TensorMap } from './tensor-map.ts';
export type { Plane } from './plane.ts';
