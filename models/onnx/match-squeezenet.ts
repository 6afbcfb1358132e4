import { squeezenetModules } from '../../reference/lib/models/squeezenet.ts';
import type { SqueezenetVersion } from '../../reference/lib/models/squeezenet.ts';
import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import type { OnnxGraph, OnnxNode } from './graph.ts';
import { tensorValues, toChannelsLast } from './tensor-values.ts';
import { describeWindow, sidesAfter, windowOf } from './window.ts';

/** A SqueezeNet found in a graph. */
export interface MatchedSqueezenet {
  readonly version: SqueezenetVersion;
  /** By torchvision's names, as `squeezenet.ts` takes them. */
  readonly weights: Readonly<Record<string, StoredTensor>>;
  /** What each of the 13 modules gives for the graph's input, `[height, width, channels]`, by the graph's own sizes. */
  readonly featureShapes: readonly (readonly [number, number, number])[];
  readonly classes: number;
  /** Operations behind the scores that were left out, such as a Softmax. */
  readonly leftOut: readonly string[];
}

/** A value on the way through the graph. */
interface Activation {
  readonly value: string;
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** What may follow the scores without changing which is highest; only a Softmax changes their values. */
const reshaping = new Set(['Reshape', 'Flatten', 'Squeeze', 'Softmax']);

const list = (nodes: readonly OnnxNode[]): string => nodes.map(({ label }) => label).join(', ') || 'nothing';

/**
 * Walks a graph from its input and recognises SqueezeNet's modules one after another.
 *
 * @throws Error naming the first operation that is no part of SqueezeNet 1.0 or 1.1.
 */
export function matchSqueezenet(graph: OnnxGraph): MatchedSqueezenet {
  const weights: Record<string, StoredTensor> = {};
  const modules: string[] = [];
  const featureShapes: Activation['shape'][] = [];

  let at: Activation = { value: graph.input.name, shape: [graph.input.height, graph.input.width, 3] };
  for (;;) {
    const node = only(at, 'Conv, Relu or MaxPool');
    if (node.type === 'Conv' && modules.length > 0) {
      const activated = relu(convolution(node, at, `module ${modules.length}`).after);
      const branches = graph.readers(activated.value);
      if (branches.length !== 2) {
        const classes = classifier(node, at);
        const leftOut = tail(activated);
        return { version: versionOf(modules), weights, featureShapes, classes, leftOut };
      }
      at = fire(node, at);
      modules.push('fire');
    } else if (node.type === 'Conv') {
      at = stored(node, at, 'features.0', { stride: 2, pad: 0 });
      modules.push('convolution');
    } else if (node.type === 'Relu') {
      at = { ...at, value: node.outputs[0] };
      modules.push('relu');
    } else if (node.type === 'MaxPool') {
      at = pool(node, at);
      modules.push('pool');
    } else {
      throw unsupported(node, 'expected Conv, Relu or MaxPool');
    }
    featureShapes.push(at.shape);
  }

  function unsupported(node: OnnxNode, why: string): Error {
    return new Error(`${node.label} is not supported: ${why}. Only SqueezeNet 1.0 and 1.1 can be imported`);
  }

  /** The one operation that reads a value. */
  function only({ value }: Activation, expected: string): OnnxNode {
    const nodes = graph.readers(value);
    const odd = nodes.find(({ type }) => !expected.includes(type)) ?? nodes.at(1);
    if (odd !== undefined)
      throw unsupported(odd, `after ${value} comes ${list(nodes)}; expected ${expected}`);
    if (nodes.length === 0) throw new Error(`the graph ends after ${value}; expected ${expected}`);
    return nodes[0];
  }

  function relu(before: Activation): Activation {
    return { ...before, value: only(before, 'Relu').outputs[0] };
  }

  function constant(node: OnnxNode, input: number): StoredTensor {
    const tensor = graph.constants.get(node.inputs[input]);
    if (tensor === undefined) throw unsupported(node, `its input ${node.inputs[input]} is no constant`);
    try {
      return tensorValues(tensor);
    } catch (cause) {
      throw new Error(`${node.label}: ${(cause as Error).message}`, { cause });
    }
  }

  function convolution(node: OnnxNode, before: Activation, place: string) {
    const [height, width, channels] = before.shape;
    const weight = constant(node, 1); // [out, in, height, width]
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
    const shape = [...sidesAfter(window, [height, width]), outputs] as unknown as Activation['shape'];
    return { weight, window, after: { value: node.outputs[0], shape } };
  }

  /** A convolution whose weights are kept under the given name. */
  function stored(
    node: OnnxNode,
    before: Activation,
    name: string,
    { stride = 1, pad = 0, side }: { stride?: number; pad?: number; side?: number },
  ): Activation {
    const { weight, window, after } = convolution(node, before, name);
    const fits =
      window.strides.every((step) => step === stride) &&
      window.pads.every((width) => width === pad) &&
      window.kernel.every((length) => length === (side ?? window.kernel[0]));
    if (!fits) {
      const expected = `${side === undefined ? '' : `${side}x${side}, `}stride ${stride}, pads ${pad}`;
      throw unsupported(node, `it is ${describeWindow(window)}; ${name} is ${expected}`);
    }
    weights[`${name}.weight`] = toChannelsLast(weight);
    const outputs = weight.shape[0];
    weights[`${name}.bias`] =
      node.inputs.length > 2 ? constant(node, 2) : { shape: [outputs], data: new Float32Array(outputs) };
    return after;
  }

  function pool(node: OnnxNode, before: Activation): Activation {
    const kernel = node.attributes.get('kernel_shape')?.ints ?? [];
    const [height, width, channels] = before.shape;
    const window = windowOf(node, [kernel[0], kernel[1]], [height, width]);
    const [top, left] = window.pads;
    if (kernel.some((side) => side !== 3) || window.strides.some((step) => step !== 2) || top + left > 0) {
      throw unsupported(
        node,
        `it is ${describeWindow(window)}; SqueezeNet pools 3x3, stride 2, without a margin`,
      );
    }
    const shape = [...sidesAfter(window, [height, width]), channels] as unknown as Activation['shape'];
    return { value: node.outputs[0], shape };
  }

  function fire(squeeze: OnnxNode, before: Activation): Activation {
    const name = `features.${modules.length}`;
    const squeezed = relu(stored(squeeze, before, `${name}.squeeze`, { side: 1 }));
    const branches = graph.readers(squeezed.value);
    const odd = branches.find(({ type }) => type !== 'Conv');
    if (odd !== undefined) throw unsupported(odd, `${name} expands by two Convs`);
    const kernelOf = (node: OnnxNode): number => graph.constants.get(node.inputs[1])?.dims[2] ?? 0;
    const [one, three] = [...branches].sort((a, b) => kernelOf(a) - kernelOf(b));
    const expanded = [
      stored(one, squeezed, `${name}.expand1x1`, { side: 1 }),
      stored(three, squeezed, `${name}.expand3x3`, { side: 3, pad: 1 }),
    ];
    // Exporters put the ReLU before the concatenation or, to the same effect, after it.
    const before3 = graph.readers(expanded[0].value).at(0)?.type === 'Relu';
    const parts = before3 ? expanded.map(relu) : expanded;
    const joint = only(parts[0], 'Concat');
    const order = parts.map(({ value }) => joint.inputs.findIndex((input) => source(input) === value));
    if (joint.inputs.length !== 2 || order[0] !== 0 || order[1] !== 1) {
      throw unsupported(joint, `${name} puts its 1x1 maps before its 3x3 maps`);
    }
    const axis = joint.attributes.get('axis')?.i ?? 1;
    if (axis !== 1 && axis !== -3) throw unsupported(joint, `it joins along axis ${axis}, not the channels`);
    const [height, width] = parts[0].shape;
    const joined: Activation = {
      value: joint.outputs[0],
      shape: [height, width, parts[0].shape[2] + parts[1].shape[2]],
    };
    return before3 ? joined : relu(joined);
  }

  /** What a value is before the operations that change nothing. */
  function source(value: string): string {
    const maker = graph.nodes.find(({ outputs }) => outputs.includes(value));
    const passes = maker?.type === 'Identity' || maker?.type === 'Dropout';
    return maker !== undefined && passes ? source(maker.inputs[0]) : value;
  }

  function classifier(node: OnnxNode, before: Activation): number {
    return stored(node, before, 'classifier.1', { side: 1 }).shape[2];
  }

  /** From the score maps to the graph's end. */
  function tail(maps: Activation): string[] {
    const mean = only(maps, 'GlobalAveragePool, AveragePool or ReduceMean');
    const [height, width] = maps.shape;
    if (mean.type === 'AveragePool') {
      const kernel = mean.attributes.get('kernel_shape')?.ints ?? [];
      if (kernel[0] !== height || kernel[1] !== width) {
        throw unsupported(mean, `it averages ${kernel.join('x')} of ${height}x${width} places, not all`);
      }
    }
    const leftOut: string[] = [];
    let value = mean.outputs[0];
    for (let nodes = graph.readers(value); nodes.length > 0; nodes = graph.readers(value)) {
      const odd = nodes.find(({ type }) => !reshaping.has(type));
      if (odd !== undefined) throw unsupported(odd, `it comes after the mean of the score maps`);
      if (nodes[0].type === 'Softmax') leftOut.push(nodes[0].label);
      value = nodes[0].outputs[0];
    }
    return leftOut;
  }
}

function versionOf(modules: readonly string[]): SqueezenetVersion {
  for (const version of ['1.0', '1.1'] as const) {
    if (squeezenetModules[version].join() === modules.join()) return version;
  }
  throw new Error(`the order of the modules is neither SqueezeNet 1.0's nor 1.1's: ${modules.join(', ')}`);
}
