import ts from 'typescript';

/** The name a function goes by: its own, its class's for a constructor, or that of the variable or property holding it. */
export function nameOfFunction(node: ts.FunctionLikeDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(node)) return node.parent.name?.text;
  if (node.name) return ts.isComputedPropertyName(node.name) ? undefined : node.name.text;
  const { parent } = node;
  const holds =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  if (!holds || parent.initializer !== node) return undefined;
  return ts.isIdentifier(parent.name) ? parent.name.text : undefined;
}

/** Whether a node is a function with a body. */
export function hasBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

/** The nearest function around a node, or the node itself, that has a name. */
export function namedFunctionAround(
  node: ts.Node,
): { name: string; node: ts.FunctionLikeDeclaration } | undefined {
  for (let around: ts.Node | undefined = node; around; around = around.parent) {
    const name = hasBody(around) ? nameOfFunction(around) : undefined;
    if (name !== undefined && hasBody(around)) return { name, node: around };
  }
  return undefined;
}
