import ts from 'typescript';
import { printable } from '../../format/printable.ts';
import type { Objection } from '../finding.ts';
import { visit } from '../parse.ts';

/** Leftovers of debugging: `console`, `process.stdout` and `stderr`, `print()` of a tensor or of `tf`, `debugger`. */
export function findPrints(file: ts.SourceFile): Objection[] {
  const objections: Objection[] = [];
  visit(file, (node) => {
    const leftover = leftoverIn(node, file);
    if (leftover !== undefined) {
      const message = `\`${printable(leftover.replaceAll(/\s+/g, ' '), 40)}\` is left over; remove it before you submit`;
      objections.push({ position: node.getStart(file), message });
    }
  });
  return objections;
}

function leftoverIn(node: ts.Node, file: ts.SourceFile): string | undefined {
  if (ts.isDebuggerStatement(node)) return 'debugger';
  if (ts.isIdentifier(node) && node.text === 'console' && !isName(node)) {
    const { parent } = node;
    return ts.isPropertyAccessExpression(parent) ? parent.getText(file) : 'console';
  }
  if (isMember({ node, of: ['globalThis', 'global', 'window', 'self'], names: ['console'] }))
    return node.getText(file);
  if (isMember({ node, of: ['process'], names: ['stdout', 'stderr'] })) return node.getText(file);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    if (node.expression.name.text === 'print') return node.expression.getText(file);
  }
  return undefined;
}

/** Whether the identifier names a property, a declaration or a type rather than the value itself. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  const named = 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
  const renamed = 'propertyName' in parent && parent.propertyName === node;
  return named || renamed || ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent);
}

function isMember(options: { node: ts.Node; of: readonly string[]; names: readonly string[] }): boolean {
  const { node, of, names } = options;
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return false;
  if (!ts.isIdentifier(node.expression) || !of.includes(node.expression.text)) return false;
  if (ts.isPropertyAccessExpression(node)) return names.includes(node.name.text);
  return ts.isStringLiteralLike(node.argumentExpression) && names.includes(node.argumentExpression.text);
}
