import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';

/** What may be changed about one forward pass of a {@link Classifier}. */
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
 * tensor and never dispose of it. What they return is new and belongs to the caller.
 *
 * Tensors come in as plain `Tensor`, because that is what `tf.grad` hands to a function; their rank is 4 all the same.
 */
export interface Classifier {
  /** For titles and messages. */
  readonly name: string;
  /** Height and width in pixels that the network was trained at. */
  readonly inputSize: number;
  /** One name per class; its length is the number of columns of the logits. */
  readonly classNames: readonly string[];
  /**
   * Raw, unnormalized class scores (logits) of a batch, of any sign and size: `[N, H, W, 3]` to `[N, classes]`.
   *
   * @throws Error where the network cannot take images of this shape.
   */
  logits(x: Tensor, options?: ForwardOptions): Tensor2D;
  /** The activations after each feature module, shallow to deep: `[N, H, W, 3]` to a list of `[N, h, w, c]`. */
  features(x: Tensor): Tensor4D[];
  /**
   * The rest of the network: from activation `index` of {@link Classifier.features}, `[N, h, w, c]`, to the logits,
   * `[N, classes]`.
   *
   * @throws Error where there is no feature `index`.
   */
  fromFeatures(activation: Tensor, index: number): Tensor2D;
}
