import { squeezenetModules } from '../../reference/lib/models/squeezenet.ts';
import type { SqueezenetVersion } from '../../reference/lib/models/squeezenet.ts';
import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import { convolution, storedConvolution } from './convolution.ts';
import { fire } from './fire.ts';
import type { OnnxGraph, OnnxNode } from './graph.ts';
import { onlyReader, relu, unsupported, type Activation, type Walk } from './walk.ts';
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

/** What may follow the scores without changing which is highest; only a Softmax changes their values. */
const reshaping = new Set(['Reshape', 'Flatten', 'Squeeze', 'Softmax']);

/**
 * Walks a graph from its input and recognises SqueezeNet's modules one after another.
 *
 * @throws Error naming the first operation that is not part of SqueezeNet 1.0 or 1.1.
 */
export function matchSqueezenet(graph: OnnxGraph): MatchedSqueezenet {
  const walk: Walk = { graph, weights: {} };
  const modules: string[] = [];
  const featureShapes: Activation['shape'][] = [];

  let at: Activation = { value: graph.input.name, shape: [graph.input.height, graph.input.width, 3] };
  for (;;) {
    const node = onlyReader(walk, at, ['Conv', 'Relu', 'MaxPool']);
    if (node.type === 'Conv' && modules.length > 0) {
      const activated = relu(walk, convolution(walk, node, at, `module ${modules.length}`).after);
      if (graph.readers(activated.value).length !== 2) {
        const classes = storedConvolution(walk, node, at, 'classifier.1', { side: 1 }).shape[2];
        const leftOut = afterScoreMaps(walk, activated);
        return { version: versionOf(modules), weights: walk.weights, featureShapes, classes, leftOut };
      }
      at = fire(walk, node, at, `features.${modules.length}`);
      modules.push('fire');
    } else if (node.type === 'Conv') {
      at = storedConvolution(walk, node, at, 'features.0', { stride: 2, pad: 0 });
      modules.push('convolution');
    } else if (node.type === 'Relu') {
      at = { ...at, value: node.outputs[0] };
      modules.push('relu');
    } else {
      at = pool(node, at);
      modules.push('pool');
    }
    featureShapes.push(at.shape);
  }
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
  const [rows, columns] = sidesAfter(window, [height, width]);
  return { value: node.outputs[0], shape: [rows, columns, channels] };
}

/** From the score maps to the graph's end: which operations are left out. */
function afterScoreMaps(walk: Walk, maps: Activation): string[] {
  const mean = onlyReader(walk, maps, ['GlobalAveragePool', 'AveragePool', 'ReduceMean']);
  const [height, width] = maps.shape;
  if (mean.type === 'AveragePool') {
    const kernel = mean.attributes.get('kernel_shape')?.ints ?? [];
    if (kernel[0] !== height || kernel[1] !== width) {
      throw unsupported(mean, `it averages ${kernel.join('x')} of ${height}x${width} places, not all`);
    }
  }
  const leftOut: string[] = [];
  const { readers } = walk.graph;
  for (let nodes = readers(mean.outputs[0]); nodes.length > 0; nodes = readers(nodes[0].outputs[0])) {
    const odd = nodes.find(({ type }) => !reshaping.has(type));
    if (odd !== undefined) throw unsupported(odd, `it comes after the mean of the score maps`);
    if (nodes[0].type === 'Softmax') leftOut.push(nodes[0].label);
  }
  return leftOut;
}

function versionOf(modules: readonly string[]): SqueezenetVersion {
  for (const version of ['1.0', '1.1'] as const) {
    if (squeezenetModules[version].join() === modules.join()) return version;
  }
  throw new Error(`the order of the modules is neither SqueezeNet 1.0's nor 1.1's: ${modules.join(', ')}`);
}
