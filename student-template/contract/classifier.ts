import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';

/** What may be changed about one forward pass. */
export interface ForwardOptions {
  /**
   * Stands in for every ReLU of the network during this pass. Guided backpropagation gives a ReLU with a
   * gradient of its own here. Default: `tf.relu`.
   */
  readonly relu?: (x: Tensor) => Tensor;
}

/**
 * An image classifier as every part of the assignment sees it.
 *
 * Images are batches in NHWC order, shape `[N, H, W, 3]`, float32, *preprocessed*: scaled to [0, 1], minus the
 * channel mean, over the channel standard deviation. All methods are differentiable with respect to their
 * tensor and never dispose of it.
 */
export interface Classifier {
  readonly name: string;
  /** Height and width in pixels that the network was trained at. */
  readonly inputSize: number;
  /** One name per class; its length is the number of columns of the logits. */
  readonly classNames: readonly string[];
  /** Raw, unnormalized class scores of a batch: `[N, H, W, 3]` to `[N, classes]`. */
  logits(x: Tensor4D, options?: ForwardOptions): Tensor2D;
  /** The activations after each feature module, shallow to deep, each `[N, h, w, c]`. */
  features(x: Tensor4D): Tensor4D[];
  /** The rest of the network: from activation `index` of {@link Classifier.features} to the logits. */
  fromFeatures(activation: Tensor4D, index: number): Tensor2D;
}
