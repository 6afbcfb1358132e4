import type { StoredTensor } from '../../reference/lib/models/safetensors.ts';
import type { OnnxGraph, OnnxNode } from './graph.ts';
import { tensorValues } from './tensor-values.ts';

/** A value on the way through the graph. */
export interface Activation {
  readonly value: string;
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** A graph that is being walked from its input to its scores. */
export interface Walk {
  readonly graph: OnnxGraph;
  /** Found so far, by torchvision's names. */
  readonly weights: Record<string, StoredTensor>;
}

export function unsupported(node: OnnxNode, why: string): Error {
  return new Error(`${node.label} is not supported: ${why}. Only SqueezeNet 1.0 and 1.1 can be imported`);
}

const list = (nodes: readonly OnnxNode[]): string => nodes.map(({ label }) => label).join(', ');

/** The one operation that reads a value, of one of the given types. */
export function onlyReader({ graph }: Walk, { value }: Activation, types: readonly string[]): OnnxNode {
  const nodes = graph.readers(value);
  const odd = nodes.find(({ type }) => !types.includes(type)) ?? nodes.at(1);
  const expected = `expected ${types.join(' or ')}`;
  if (odd !== undefined) throw unsupported(odd, `after ${value} comes ${list(nodes)}; ${expected}`);
  if (nodes.length === 0) throw new Error(`the graph ends after ${value}; ${expected}`);
  return nodes[0];
}

/** The value after the ReLU that must follow. */
export function relu(walk: Walk, before: Activation): Activation {
  return { ...before, value: onlyReader(walk, before, ['Relu']).outputs[0] };
}

/** What a value is before the operations that change nothing. */
export function sourceOf(walk: Walk, value: string): string {
  const maker = walk.graph.nodes.find(({ outputs }) => outputs.includes(value));
  const passes = maker?.type === 'Identity' || maker?.type === 'Dropout';
  return maker !== undefined && passes ? sourceOf(walk, maker.inputs[0]) : value;
}

/** The values of an input that must be a constant, such as a weight. */
export function constantInput({ graph }: Walk, node: OnnxNode, input: number): StoredTensor {
  const tensor = graph.constants.get(node.inputs[input]);
  if (tensor === undefined) throw unsupported(node, `its input ${node.inputs[input]} is not a constant`);
  try {
    return tensorValues(tensor);
  } catch (cause) {
    throw new Error(`${node.label}: ${(cause as Error).message}`, { cause });
  }
}
