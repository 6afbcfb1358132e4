import type { NamedTensorMap, Tensor1D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';

/** Pictures with the classes they belong to. */
export interface LabelledImages {
  /** Preprocessed, `[N, H, W, 3]`. */
  readonly images: Tensor4D;
  /** int32, `[N]`. */
  readonly labels: Tensor1D;
}

/** How to train. */
export interface TrainingOptions {
  /** Weights to start from; they are neither changed nor disposed of. */
  readonly initial: NamedTensorMap;
  /** Factor on the velocity in each step. */
  readonly learningRate: number;
  /** The share of the last step's velocity that is kept, in [0, 1). */
  readonly momentum: number;
  /** Pictures of one step; the last batch of an epoch may be smaller. */
  readonly batchSize: number;
  /** How often each picture comes up. */
  readonly epochs: number;
  /** Seed of the order of the pictures. */
  readonly seed: string | number;
}

/** What training gives. */
export interface TrainedNetwork {
  /** By the names of the initial ones. */
  readonly weights: NamedTensorMap;
  /** The loss of each step's batch, before that step. */
  readonly losses: number[];
}

/** What an examination of a network gives, for each of `N` pictures. */
export interface MarkReliance {
  /** Saliency maps of the marked pictures, `[N, H, W]`. */
  readonly maps: Tensor3D;
  /** The share of each map inside the mark's region, `[N]`, in [0, 1]. */
  readonly share: Tensor1D;
  /** By how much each picture's score falls without the mark, `[N]`. */
  readonly drop: Tensor1D;
}
