/** An error that TensorFlow.js or JavaScript words for someone who knows its insides, and what it means. */
interface KnownError {
  /** Anchored at one end, without nested repetition: it runs over text from a submission. */
  readonly pattern: RegExp;
  readonly meaning: string | ((name: string) => string);
}

/** Methods of PyTorch and NumPy, and what is done here instead. */
const elsewhere: Readonly<Record<string, string>> = {
  amax: 'use x.max(axis)',
  argmax: 'use x.argMax(axis)',
  astype: "use x.cast('float32')",
  backward: 'gradients come from tf.grad(f)(x), where f maps x to the loss',
  cat: 'use tf.concat([a, b], axis)',
  clamp: 'use tf.clipByValue(x, lowest, highest)',
  copy: 'use x.clone()',
  detach: 'compute the value outside of the function given to tf.grad',
  item: 'use x.dataSync()[0]',
  masked_fill: 'use tf.where(condition, a, b)',
  no_grad: 'gradients are recorded inside tf.grad only',
  numpy: 'use x.arraySync()',
  permute: 'use x.transpose(axes)',
  ravel: 'use x.flatten()',
  repeat: 'use x.tile(repetitions)',
  requires_grad_: 'tf.grad(f)(x) differentiates with respect to the argument of f',
  size: 'x.shape and x.size have no parentheses',
  unsqueeze: 'use x.expandDims(axis)',
  view: 'use x.reshape(shape)',
  zero_grad: 'each tf.grad starts from zero',
};

/** Properties that only tensors have, of what people have in their hands here. */
const ofTensors =
  'abs|add|arraySync|cast|data|dataSync|dispose|div|dtype|exp|expandDims|gather|log|max|mean|min|mul|neg|relu|reshape|shape|square|squeeze|sub|sum|toFloat|transpose';

/** Whether two shapes, such as `1,8,8 and 1,12,12`, have as many dimensions. */
function areOfOneRank(shapes: string): boolean {
  const [a, b] = shapes.split(' and ').map((shape) => shape.split(',').length);
  return a === b;
}

export const knownErrors: readonly KnownError[] = [
  {
    pattern: /^Operands could not be broadcast together with shapes ([\d,]{0,100} and [\d,]{0,100})/,
    meaning: (shapes) =>
      `Shapes are compared from the last dimension backwards: two dimensions must be equal, or one of them 1. ${
        areOfOneRank(shapes)
          ? 'Is one of the two of another layer, image or size?'
          : 'keepDims in a sum or mean leaves a 1; reshape and expandDims put one in.'
      }`,
  },
  {
    pattern: /^Error in matMul: inner shapes /,
    meaning:
      'a.matMul(b) needs as many columns in a as there are rows in b; a.matMul(b, transposeA, transposeB) turns them.',
  },
  {
    pattern:
      /^(?:Size\(\d+\) must match the product of shape |The implicit shape can't be a fractional number)/,
    meaning:
      'reshape keeps every value: the new dimensions multiplied must give the number of values there are.',
  },
  {
    pattern: /^All values in axis param must be in range /,
    meaning: 'Axes are counted from 0; -1 is the last one.',
  },
  {
    pattern: /^Error in slice\dD: begin\[\d+\] \+ size\[\d+\] /,
    meaning: 'slice(begin, size) takes the number of values to keep, not the index where they end.',
  },
  {
    pattern: /^Error in \w+: (?:input|x) must be rank (?:4|3 or 4),? but got rank /,
    meaning: 'It takes a batch of images, [N, H, W, C]; expandDims(0) makes a batch of one image.',
  },
  {
    pattern: /^Error in conv2d: depth of input /,
    meaning:
      'Channels come last: images are [N, H, W, C], filters [height, width, channels in, channels out].',
  },
  {
    pattern: /^Tensor is disposed\.$/,
    meaning:
      'The tensor was made in a tf.tidy that is over, or dispose was called. A tidy keeps what its function returns, and does not wait for an async one.',
  },
  {
    pattern: /^Argument '\w+' passed to '\w+' must be a Tensor or TensorLike, but got 'Promise'$/,
    meaning: 'An async function returns a promise: await it first.',
  },
  {
    pattern: /^Argument '\w+' passed to '\w+' must be a Tensor or TensorLike, but got 'null'$/,
    meaning: 'It received undefined or null: is a return missing, or an entry that does not exist?',
  },
  {
    pattern: /^Argument '\w+' passed to '\w+' must be numeric tensor, but got string tensor$/,
    meaning: 'Operators such as + turn a tensor into text; a.add(b) adds tensors.',
  },
  {
    pattern: /^Argument '\w+' passed to '\w+' must be (bool|float32|int32) tensor, but got \w+ tensor$/,
    meaning: (dtype) => `x.cast('${dtype}') converts it.`,
  },
  {
    pattern: /^values passed to tensor\(values\) must be a number/,
    meaning: 'tf.tensor and tf.scalar take numbers; what is a tensor already is used as it is.',
  },
  {
    // Longer than what its numbers take: they are not all numbers.
    pattern: /^Invalid typed array length: \d{1,8}$/,
    meaning: 'tf.tensor takes numbers in rows of one length; tf.stack makes one tensor of several.',
  },
  {
    pattern: /^(?:Out of memory: |Invalid typed array length: \d{9,}$|Array buffer allocation failed$)/,
    meaning:
      'Two shapes that broadcast against each other can make a far larger one; in a loop, tf.tidy releases what a step no longer needs.',
  },
  {
    pattern: /^Cannot compute gradient: gradient function not found for GatherNd\.$/,
    meaning: 'gatherND has no gradient: multiply by tf.oneHot(indices, depth) and sum instead.',
  },
  {
    pattern: /^Cannot compute gradient: gradient function not found for (\w+)\.$/,
    meaning: (kernel) =>
      `TensorFlow.js has no gradient for ${kernel}: write the same with other operations, or compute it outside of the function given to tf.grad.`,
  },
  {
    pattern: /^Cannot compute gradient of y=f\(x\) with respect to x\. /,
    meaning:
      'The result must be computed from the argument of the function given to tf.grad, by tensor operations alone: no tensor from outside in its place, no dataSync on the way.',
  },
  {
    pattern: /^The f passed in \w+\(f\) must be a function$/,
    meaning: 'It takes a function and gives one back: tf.grad((x) => loss(x))(x).',
  },
  {
    pattern: /^The result y returned by f\(\) must be a tensor\.$/,
    meaning:
      'The function given to tf.grad returns a tensor: not a number, not the promise of an async function.',
  },
  {
    pattern: /^Maximum call stack size exceeded$/,
    meaning: 'A function calls itself, or another that calls it, and never stops.',
  },
  {
    pattern: new RegExp(`\\.(${Object.keys(elsewhere).join('|')}) is not a function$`),
    meaning: (name) => `TensorFlow.js has no ${name}(): ${elsewhere[name]}.`,
  },
  {
    pattern: new RegExp(`\\.(${ofTensors}) is not a function$`),
    meaning: (name) =>
      `What .${name} was called on is not a tensor: a promise without await, a number, or an array?`,
  },
  {
    pattern: new RegExp(`^Cannot read properties of (?:undefined|null) \\(reading '(${ofTensors})'\\)$`),
    meaning: (name) =>
      `The value that should have .${name} does not exist. Is a return missing? A tensor has no x[0] (use slice or gather) and no x.grad.`,
  },
];

/** What an error means, in a sentence; undefined for one that is not known. @param message one line of it */
export function meaningOf(message: string): string | undefined {
  for (const { pattern, meaning } of knownErrors) {
    const match = pattern.exec(message);
    if (match) return typeof meaning === 'string' ? meaning : meaning(match[1]);
  }
  return undefined;
}
