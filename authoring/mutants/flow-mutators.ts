import ts from 'typescript';
import { replace, type Mutator } from './mutator.ts';

/** A condition that always holds, or never does. */
export const conditionIgnored: Mutator = (node, source) => {
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].map((side) => replace(node, source, side.getText(source)));
  }
  return ts.isIfStatement(node)
    ? ['true', 'false'].map((text) => replace(node.expression, source, text))
    : [];
};

/** A statement left out: a step of a loop, a callback, a disposal. */
export const statementLeftOut: Mutator = (node, source) =>
  ts.isExpressionStatement(node) ? [replace(node, source, ';')] : [];

/** A loop or a mapping over all but the first. */
export const firstItemOnly: Mutator = (node, source) =>
  ts.isForOfStatement(node)
    ? [replace(node.expression, source, `[...${node.expression.getText(source)}].slice(0, 1)`)]
    : [];

/** A parameter without the default that it has. */
export const defaultLeftOut: Mutator = (node, source) => {
  if (!ts.isParameter(node) && !ts.isBindingElement(node)) return [];
  const { initializer } = node;
  if (!initializer || ts.isObjectLiteralExpression(initializer)) return [];
  return [replace(initializer, source, 'undefined as never')];
};
