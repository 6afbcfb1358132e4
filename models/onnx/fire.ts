import { storedConvolution } from './convolution.ts';
import type { OnnxNode } from './graph.ts';
import { onlyReader, relu, sourceOf, unsupported, type Activation, type Walk } from './walk.ts';

/**
 * A fire module, from its squeezing convolution to the joint of its two expanding ones.
 * @param name of the module, such as `features.3`
 */
export function fire(walk: Walk, squeeze: OnnxNode, before: Activation, name: string): Activation {
  const { graph } = walk;
  const squeezed = relu(walk, storedConvolution(walk, squeeze, before, `${name}.squeeze`, { side: 1 }));
  const branches = graph.readers(squeezed.value);
  const odd = branches.find(({ type }) => type !== 'Conv');
  if (odd !== undefined) throw unsupported(odd, `${name} expands by two Convs`);
  const kernelOf = (node: OnnxNode): number => graph.constants.get(node.inputs[1])?.dims[2] ?? 0;
  const [one, three] = [...branches].sort((a, b) => kernelOf(a) - kernelOf(b));
  const expanded = [
    storedConvolution(walk, one, squeezed, `${name}.expand1x1`, { side: 1 }),
    storedConvolution(walk, three, squeezed, `${name}.expand3x3`, { side: 3, pad: 1 }),
  ];
  // Exporters put the ReLU before the concatenation or, to the same effect, after it.
  const reluFirst = graph.readers(expanded[0].value).at(0)?.type === 'Relu';
  const parts = reluFirst ? expanded.map((part) => relu(walk, part)) : expanded;
  const joined = concatenation(walk, parts, name);
  return reluFirst ? joined : relu(walk, joined);
}

function concatenation(walk: Walk, parts: readonly Activation[], name: string): Activation {
  const joint = onlyReader(walk, parts[0], ['Concat']);
  const order = parts.map(({ value }) => joint.inputs.findIndex((input) => sourceOf(walk, input) === value));
  if (joint.inputs.length !== 2 || order[0] !== 0 || order[1] !== 1) {
    throw unsupported(joint, `${name} puts its 1x1 maps before its 3x3 maps`);
  }
  const axis = joint.attributes.get('axis')?.i ?? 1;
  if (axis !== 1 && axis !== -3) throw unsupported(joint, `it joins along axis ${axis}, not the channels`);
  const [height, width] = parts[0].shape;
  return { value: joint.outputs[0], shape: [height, width, parts[0].shape[2] + parts[1].shape[2]] };
}
