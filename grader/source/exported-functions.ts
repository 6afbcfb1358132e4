import ts from 'typescript';

/** A function with its parameters, however it was written. */
export type FunctionNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

/** What a module exports by name: the function where the file itself declares one, undefined for everything else. */
export function exportsOf(file: ts.SourceFile): ReadonlyMap<string, FunctionNode | undefined> {
  const declared = new Map<string, FunctionNode | undefined>();
  const exported = new Map<string, FunctionNode | undefined>();
  for (const statement of file.statements) {
    for (const [name, node] of declarationsIn(statement)) {
      // Of overloads, the one with a body comes last.
      declared.set(name, node);
      if (isExported(statement)) exported.set(name, node);
    }
  }
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) continue;
    if (!ts.isNamedExports(statement.exportClause)) continue;
    for (const { name, propertyName } of statement.exportClause.elements) {
      const local = statement.moduleSpecifier ? undefined : declared.get((propertyName ?? name).text);
      exported.set(name.text, local);
    }
  }
  return exported;
}

/** Names that a top-level statement declares, each with its function if it is one. */
export function declarationsIn(statement: ts.Statement): [name: string, node: FunctionNode | undefined][] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      if (!ts.isIdentifier(name)) return [];
      const isFunction =
        initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
      return [[name.text, isFunction ? initializer : undefined] as [string, FunctionNode | undefined]];
    });
  }
  if (ts.isFunctionDeclaration(statement) && statement.name) return [[statement.name.text, statement]];
  const { name } = statement as ts.Statement & { name?: ts.Node };
  return name && ts.isIdentifier(name) ? [[name.text, undefined]] : [];
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  const has = (kind: ts.SyntaxKind): boolean =>
    modifiers?.some((modifier) => modifier.kind === kind) ?? false;
  return has(ts.SyntaxKind.ExportKeyword) && !has(ts.SyntaxKind.DefaultKeyword);
}
