import type { Argument } from '../../grader/format/call-plan.ts';
import type { TensorData } from '../../grader/assignment/define.ts';
import type * as linear from '../lib/models/linear.ts';
import type * as oneConvolution from '../lib/models/one-convolution.ts';
import type { EmbeddedModel } from '../lib/models/embedded.ts';
import type * as shapesClassifier from '../lib/models/shapes-classifier.ts';
import type * as twoLayer from '../lib/models/two-layer.ts';
import type { RandomStream } from '../lib/random.ts';
import { noise, type Size } from './inputs.ts';
import { templateModule } from './template-module.ts';

/** A model whose weights are inputs of the case. */
export interface SmallModel {
  readonly model: Argument;
  /** Random weights for images of a size, by the names that the model takes them under. */
  readonly weights: (stream: RandomStream, size: Size) => Record<string, TensorData>;
}

const linearModule = templateModule<typeof linear>('lib/models/linear.ts');
const oneConvolutionModule = templateModule<typeof oneConvolution>('lib/models/one-convolution.ts');
const twoLayerModule = templateModule<typeof twoLayer>('lib/models/two-layer.ts');
const shapesModule = templateModule<typeof shapesClassifier>('lib/models/shapes-classifier.ts');

/** Its gradients are its weights, whatever the image. With a deviation of 0 it looks at nothing. */
export function linearModel(classes: number, deviation = 1): SmallModel {
  return {
    model: linearModule.given('linearClassifier', [{ tensor: 'weights' }]),
    weights: (stream, size) => ({ weights: noise(stream, [...size, 3, classes], { deviation }) }),
  };
}

/** A linear model that looks at nothing for one of its classes, whose scores are 0 and slopes, too. */
export function linearModelBlindTo(blind: number, classes: number): SmallModel {
  const { model, weights } = linearModel(classes);
  return {
    model,
    weights: (stream, size) => {
      const { weights: seeing } = weights(stream, size);
      const data = seeing.data.map((value, i) => (i % classes === blind ? 0 : value));
      return { weights: { ...seeing, data } as TensorData };
    },
  };
}

/** One bank of filters, ReLU, average, dense: what the gradient is depends on where the ReLU lets through. */
export function convolutionModel(classes: number): SmallModel {
  return {
    model: oneConvolutionModule.given('oneConvolution', [{ tensor: 'filters' }, { tensor: 'dense' }]),
    weights: (stream) => ({
      filters: noise(stream, [3, 3, 3, 6], { deviation: 0.5 }),
      dense: noise(stream, [6, classes]),
    }),
  };
}

/** Hidden units with a ReLU and, where `bias` gives the deviation of one, a bias. */
export function twoLayerModel(options: {
  readonly units: number;
  readonly classes: number;
  /** Of the hidden weights. */
  readonly deviation: number;
  readonly bias?: number;
}): SmallModel {
  const { units, classes, deviation, bias } = options;
  const tensors = ['hidden', 'output', ...(bias === undefined ? [] : ['bias'])];
  return {
    model: twoLayerModule.given(
      'twoLayerRelu',
      tensors.map((tensor) => ({ tensor })),
    ),
    weights: (stream, size) => ({
      hidden: noise(stream, [...size, 3, units], { deviation }),
      output: noise(stream, [units, classes]),
      ...(bias === undefined ? {} : { bias: noise(stream, [units], { deviation: bias }) }),
    }),
  };
}

/** One of the embedded networks. */
export function embedded(model: EmbeddedModel): Argument {
  const weights = { weights: `lib/models/weights/shapes-${model}.safetensors` };
  return shapesModule.given('shapesClassifier', [weights, { json: model }]);
}
