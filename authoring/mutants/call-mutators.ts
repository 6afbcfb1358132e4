import ts from 'typescript';
import { replace, type Change, type Mutator } from './mutator.ts';

/** Functions and methods of TensorFlow.js that are taken for one another. */
const TAKEN_FOR: Readonly<Record<string, readonly string[]>> = {
  add: ['sub'],
  sub: ['add'],
  mul: ['div'],
  div: ['mul'],
  divNoNan: ['div'],
  sum: ['mean', 'max'],
  mean: ['sum'],
  max: ['mean', 'min'],
  min: ['max'],
  square: ['abs'],
  sqrt: ['square'],
  greater: ['greaterEqual', 'less'],
  greaterEqual: ['greater', 'lessEqual'],
  less: ['lessEqual', 'greater'],
  lessEqual: ['less', 'greaterEqual'],
  maximum: ['minimum'],
  minimum: ['maximum'],
  softmax: ['logSoftmax'],
  logSoftmax: ['softmax'],
  onesLike: ['zerosLike'],
  zerosLike: ['onesLike'],
  argMax: ['argMin'],
  ones: ['zeros'],
  zeros: ['ones'],
};

/** Steps that are left out: what they are called on, or given first, is taken as it is. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...[
    'abs',
    'relu',
    'clipByValue',
    'square',
    'sqrt',
    'neg',
    'softmax',
    'logSoftmax',
    'exp',
    'log',
    'toFloat',
    'cast',
  ],
  ...['transpose', 'reverse', 'clone', 'round', 'floor', 'ceil', 'sigmoid', 'tanh', 'sign'],
]);

interface NamedCall {
  readonly call: ts.CallExpression;
  readonly name: ts.MemberName;
  /** `x` of `x.abs()`; undefined for `tf.abs(x)`. */
  readonly receiver: ts.Expression | undefined;
}

/** `x.name(...)` or `tf.name(...)`. */
function namedCall(node: ts.Node): NamedCall | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  const isLibrary = ts.isIdentifier(expression) && ['tf', 'Math'].includes(expression.text);
  return { call: node, name, receiver: isLibrary ? undefined : expression };
}

/** One function for another. */
export const anotherFunction: Mutator = (node, source) => {
  const found = namedCall(node);
  if (!found || !Object.hasOwn(TAKEN_FOR, found.name.text)) return [];
  return TAKEN_FOR[found.name.text].map((text) => replace(found.name, source, text));
};

/** A step left out. */
export const stepLeftOut: Mutator = (node, source) => {
  const found = namedCall(node);
  if (!found || !LEFT_OUT.has(found.name.text)) return [];
  const kept = found.receiver ?? found.call.arguments.at(0);
  return kept ? [replace(node, source, kept.getText(source))] : [];
};

/** `tf.tidy(f)` without the tidying. */
export const notTidied: Mutator = (node, source) => {
  const found = namedCall(node);
  if (found?.name.text !== 'tidy' || found.receiver) return [];
  const work = found.call.arguments.at(-1);
  return work ? [replace(node, source, `(${work.getText(source)})()`)] : [];
};

/** Two neighbouring arguments exchanged. */
export const argumentsExchanged: Mutator = (node, source) => {
  if (!ts.isCallExpression(node)) return [];
  const isPlain = (argument: ts.Expression): boolean =>
    !ts.isArrowFunction(argument) && !ts.isSpreadElement(argument);
  return node.arguments.slice(1).flatMap((second, i): Change[] => {
    const first = node.arguments[i];
    const [one, other] = [first.getText(source), second.getText(source)];
    if (!isPlain(first) || !isPlain(second) || one === other) return [];
    return [{ start: first.getStart(source), end: second.end, text: `${other}, ${one}` }];
  });
};

/** The last argument, such as an axis or whether to keep it, left out. */
export const argumentLeftOut: Mutator = (node, source) => {
  const found = namedCall(node);
  const last = found?.call.arguments.at(-1);
  if (!found || !last || ts.isArrowFunction(last)) return [];
  if (found.call.arguments.length === (found.receiver ? 0 : 1)) return [];
  if (
    found.receiver &&
    !/^(?:sum|mean|max|min|argMax|softmax|logSoftmax|norm)$/.test(found.name.text) &&
    found.call.arguments.length < 2
  )
    return [];
  const before = found.call.arguments.at(-2);
  return [{ start: before ? before.end : last.getStart(source), end: last.end, text: '' }];
};
