import type { RandomStream } from '../../reference/lib/random.ts';
import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import { squeezenetModules } from '../../reference/lib/models/squeezenet.ts';
import type { SqueezenetVersion } from '../../reference/lib/models/squeezenet.ts';

/** The published network at width 1: side and filters of the first convolution, then the fire modules' squeezes. */
const published: Record<SqueezenetVersion, { kernel: number; filters: number; squeezes: number[] }> = {
  '1.0': { kernel: 7, filters: 96, squeezes: [16, 16, 32, 32, 48, 48, 64, 64] },
  '1.1': { kernel: 3, filters: 64, squeezes: [16, 16, 32, 32, 48, 48, 64, 64] },
};

export interface InitialWeightsOptions {
  readonly version: SqueezenetVersion;
  /** Factor on the number of filters of each convolution but the last; 1 is the published network. */
  readonly width: number;
  readonly classes: number;
  readonly random: RandomStream;
  /**
   * Bias of the last convolution. A ReLU follows it, and where that cuts, no gradient passes: starting well
   * above zero keeps every class within reach of training and of explanations, and softmax does not change with it.
   */
  readonly scoreBias: number;
}

/**
 * Weights to start training from: normal with variance `2 / (height * width * in)` (He et al. 2015, "Delving
 * deep into rectifiers"), the last layer's with a tenth of that deviation; all other biases zero.
 */
export function initialWeights(options: InitialWeightsOptions): Record<string, StoredTensor> {
  const { version, width, classes, random, scoreBias } = options;
  const { kernel, filters, squeezes } = published[version];
  const scaled = (count: number): number => Math.max(1, Math.round(count * width));
  const weights: Record<string, StoredTensor> = {};

  const add = (
    name: string,
    shape: [number, number, number, number],
    { gain = 1, bias = 0 } = {},
  ): number => {
    const [height, kernelWidth, input, output] = shape;
    const deviation = gain * Math.sqrt(2 / (height * kernelWidth * input));
    const size = height * kernelWidth * input * output;
    weights[`${name}.weight`] = { shape, data: random.derive(name).normals(size, 0, deviation) };
    weights[`${name}.bias`] = { shape: [output], data: new Float32Array(output).fill(bias) };
    return output;
  };

  let channels = add('features.0', [kernel, kernel, 3, scaled(filters)]);
  const remaining = [...squeezes];
  for (const [index, kind] of squeezenetModules[version].entries()) {
    if (kind !== 'fire') continue;
    const published = remaining.shift()!;
    const squeezed = add(`features.${index}.squeeze`, [1, 1, channels, scaled(published)]);
    const ones = add(`features.${index}.expand1x1`, [1, 1, squeezed, scaled(4 * published)]);
    channels = ones + add(`features.${index}.expand3x3`, [3, 3, squeezed, scaled(4 * published)]);
  }
  add('classifier.1', [1, 1, channels, classes], { gain: 0.1, bias: scoreBias });
  return weights;
}
