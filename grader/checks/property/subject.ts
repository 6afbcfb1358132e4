import type { TensorData } from '../../format/tensor-data.ts';

/** Values under a name that the student reads: `the saliency map`. */
export interface Subject {
  readonly name: string;
  readonly tensor: TensorData;
}
