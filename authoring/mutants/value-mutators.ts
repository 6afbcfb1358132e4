import ts from 'typescript';
import { replace, type Mutator } from './mutator.ts';

/** What stands in the place of a number. */
function others(text: string): string[] {
  const value = Number(text);
  if (!Number.isFinite(value)) return [];
  if (!Number.isInteger(value)) return [String(2 * value)];
  return value === 0 ? ['1'] : [String(value + 1), String(value - 1)];
}

/** Another constant, index, axis or size. */
export const anotherNumber: Mutator = (node, source) => {
  if (!ts.isNumericLiteral(node)) return [];
  return others(node.text).map((text) => replace(node, source, text));
};

/** `true` for `false`. */
export const otherTruth: Mutator = (node, source) => {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [replace(node, source, 'false')];
  return node.kind === ts.SyntaxKind.FalseKeyword ? [replace(node, source, 'true')] : [];
};

/** `-x` without its sign, `!x` for `x`. */
export const signLeftOut: Mutator = (node, source) => {
  if (!ts.isPrefixUnaryExpression(node)) return [];
  const { MinusToken, ExclamationToken } = ts.SyntaxKind;
  const { operator, operand } = node;
  return operator === MinusToken || operator === ExclamationToken
    ? [replace(node, source, operand.getText(source))]
    : [];
};

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '<': ['<=', '>'],
  '<=': ['<', '>='],
  '>': ['>=', '<'],
  '>=': ['>', '<='],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-=', '='],
  '-=': ['+=', '='],
  '*=': ['/=', '='],
};

/** Another operator between two values. */
export const anotherOperator: Mutator = (node, source) => {
  if (!ts.isBinaryExpression(node)) return [];
  const operator = node.operatorToken.getText(source);
  if (!Object.hasOwn(OPERATORS, operator)) return [];
  return OPERATORS[operator].map((text) => replace(node.operatorToken, source, text));
};

/** `a ?? b`: always the one, always the other. */
export const defaultIgnored: Mutator = (node, source) => {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken)
    return [];
  return [node.left, node.right].map((side) => replace(node, source, side.getText(source)));
};

/** `[height, width]` taken for `[width, height]`. */
export const namesExchanged: Mutator = (node, source) => {
  if (!ts.isArrayBindingPattern(node)) return [];
  return node.elements.slice(1).flatMap((second, i) => {
    const first = node.elements[i];
    if (ts.isOmittedExpression(first) || ts.isOmittedExpression(second)) return [];
    const text = `${second.getText(source)}, ${first.getText(source)}`;
    return [{ start: first.getStart(source), end: second.end, text }];
  });
};

/** `x[i]` with the next index. */
export const nextIndex: Mutator = (node, source) =>
  ts.isElementAccessExpression(node) && !ts.isNumericLiteral(node.argumentExpression)
    ? [replace(node.argumentExpression, source, `${node.argumentExpression.getText(source)} + 1`)]
    : [];
