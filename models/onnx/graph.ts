import { decodeModel } from './schema.ts';
import type { AttributeProto, NodeProto, TensorProto } from './schema.ts';

/** One operation of a graph. */
export interface OnnxNode {
  /** What messages call it: its name, or its type and index where it has none. */
  readonly label: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeProto>;
}

/** A network's graph, ready to be walked from its input. */
export interface OnnxGraph {
  readonly producer: string;
  readonly opset: number;
  readonly input: { readonly name: string; readonly height: number; readonly width: number };
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  /** Initialisers and constants by name. */
  readonly constants: ReadonlyMap<string, TensorProto>;
  /** The operations that read a value, looking through those that change nothing. */
  readers(value: string): OnnxNode[];
}

/** What passes its first input on unchanged when a network is used rather than trained. */
const identities = new Set(['Identity', 'Dropout']);
/** What reads a shape rather than values. */
const shapeReaders = new Set(['Shape', 'Size']);

/** Height and width of the picture where the file leaves them open. */
const defaultSide = 224;

/** Reads an ONNX file. @throws Error saying what is wrong when it is not one with one picture as input. */
export function readOnnx(bytes: Uint8Array): OnnxGraph {
  const { graph, opsetImport, producerName } = decode(bytes);
  const nodes = graph.node.map(describeNode);
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  for (const { type, outputs, attributes } of nodes) {
    const tensor = type === 'Constant' ? attributes.get('value')?.t : undefined;
    if (tensor) constants.set(outputs[0], tensor);
  }
  // A weight may come by way of an Identity.
  for (const { type, inputs, outputs } of nodes) {
    const tensor = type === 'Identity' ? constants.get(inputs[0]) : undefined;
    if (tensor !== undefined) constants.set(outputs[0], tensor);
  }

  // Early versions of the format list the weights among the inputs.
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  if (inputs.length !== 1) {
    throw new Error(`the graph takes ${inputs.length} inputs; a classifier takes one, the picture`);
  }
  const sides = inputs[0].type?.tensorType?.shape?.dim.map(({ dimValue }) => dimValue) ?? [0, 3, 0, 0];
  if (sides.length !== 4 || (sides[1] !== 3 && sides[1] !== 0)) {
    throw new Error(`the input ${inputs[0].name} is [${sides}]; expected a picture [N, 3, H, W]`);
  }

  const readers = (value: string): OnnxNode[] =>
    nodes
      .filter(({ type, inputs }) => inputs.includes(value) && !shapeReaders.has(type))
      .flatMap((node) => (identities.has(node.type) ? readers(node.outputs[0]) : [node]));
  return {
    producer: producerName,
    opset: opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0,
    input: { name: inputs[0].name, height: sides[2] || defaultSide, width: sides[3] || defaultSide },
    outputs: graph.output.map(({ name }) => name),
    nodes,
    constants,
    readers,
  };
}

function decode(bytes: Uint8Array) {
  let model;
  try {
    model = decodeModel(bytes);
  } catch (cause) {
    throw new Error('not an ONNX file, or one that was cut off', { cause });
  }
  const { graph } = model;
  if (graph === null || graph.node.length === 0) throw new Error('not an ONNX file: it holds no graph');
  return { ...model, graph };
}

function describeNode(node: NodeProto, index: number): OnnxNode {
  return {
    label: node.name === '' ? `${node.opType} (node ${index})` : `${node.name} (${node.opType})`,
    type: node.opType,
    inputs: node.input,
    outputs: node.output,
    attributes: new Map(node.attribute.map((attribute) => [attribute.name, attribute])),
  };
}
