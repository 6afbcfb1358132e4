import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import type { OnnxNode } from './graph.ts';
import { toChannelsLast } from './tensor-values.ts';
import { constantInput, unsupported, type Activation, type Walk } from './walk.ts';
import { describeWindow, sidesAfter, windowOf, type Window } from './window.ts';

/** What a convolution of SqueezeNet must look like; where nothing is said, stride 1 and no padding. */
export interface ExpectedWindow {
  readonly stride?: number;
  readonly pad?: number;
  /** Of its square kernel. Default: any. */
  readonly side?: number;
}

/** A convolution as it stands in the graph. */
interface Convolution {
  /** `[out, in, height, width]`. */
  readonly weight: StoredTensor;
  readonly window: Window;
  readonly after: Activation;
}

/** @param place how a message names where the convolution stands */
export function convolution(walk: Walk, node: OnnxNode, before: Activation, place: string): Convolution {
  const [height, width, channels] = before.shape;
  const weight = constantInput(walk, node, 1);
  const dilations = node.attributes.get('dilations')?.ints ?? [];
  if ((node.attributes.get('group')?.i ?? 1) !== 1 || dilations.some((step) => step !== 1)) {
    throw unsupported(node, 'a grouped or dilated convolution');
  }
  if (weight.shape.length !== 4 || weight.shape[1] !== channels) {
    throw unsupported(
      node,
      `its weight is [${weight.shape}] at ${place}, where there are ${channels} channels`,
    );
  }
  const [outputs, , ...kernel] = weight.shape;
  const window = windowOf(node, [kernel[0], kernel[1]], [height, width]);
  const [rows, columns] = sidesAfter(window, [height, width]);
  return { weight, window, after: { value: node.outputs[0], shape: [rows, columns, outputs] } };
}

/** A convolution whose window is as expected; its weights are kept under the given name. */
export function storedConvolution(
  walk: Walk,
  node: OnnxNode,
  before: Activation,
  name: string,
  { stride = 1, pad = 0, side }: ExpectedWindow,
): Activation {
  const { weight, window, after } = convolution(walk, node, before, name);
  const fits =
    window.strides.every((step) => step === stride) &&
    window.pads.every((width) => width === pad) &&
    window.kernel.every((length) => length === (side ?? window.kernel[0]));
  if (!fits) {
    const expected = `${side === undefined ? '' : `${side}x${side}, `}stride ${stride}, pads ${pad}`;
    throw unsupported(node, `it is ${describeWindow(window)}; ${name} is ${expected}`);
  }
  walk.weights[`${name}.weight`] = toChannelsLast(weight);
  const outputs = weight.shape[0];
  walk.weights[`${name}.bias`] =
    node.inputs.length > 2
      ? constantInput(walk, node, 2)
      : { shape: [outputs], data: new Float32Array(outputs) };
  return after;
}
