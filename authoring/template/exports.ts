import ts from 'typescript';
import { findingAt, type Finding } from './findings.ts';
import { nameOfFunction } from './function-names.ts';
import type { Region } from './regions.ts';
import type { SourceModule } from './source-module.ts';

function isExported(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  return ts.canHaveModifiers(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword);
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

/** Top-level declarations that leave the file, also by `export { name }`. */
function exportedDeclarations({ sourceFile, symbolOf }: SourceModule): ts.Node[] {
  return sourceFile.statements.flatMap((statement): ts.Node[] => {
    if (ts.isExportDeclaration(statement)) {
      if (statement.moduleSpecifier || !statement.exportClause || !ts.isNamedExports(statement.exportClause))
        return [];
      return statement.exportClause.elements.flatMap(({ propertyName, name }) => {
        const local = propertyName ?? name;
        return ts.isIdentifier(local) ? (symbolOf(local)?.declarations ?? []) : [];
      });
    }
    if (!isExported(statement)) return [];
    if (ts.isVariableStatement(statement)) return [...statement.declarationList.declarations];
    return ts.isExportAssignment(statement) ? [statement.expression] : [statement];
  });
}

/** The functions among a declaration: itself, a variable's value, or a class's public methods and getters. */
function functionsOf(declaration: ts.Node): ts.FunctionLikeDeclaration[] {
  if (ts.isClassLike(declaration)) {
    return declaration.members.filter(
      (member): member is ts.MethodDeclaration | ts.GetAccessorDeclaration =>
        (ts.isMethodDeclaration(member) || ts.isGetAccessorDeclaration(member)) &&
        !ts.isPrivateIdentifier(member.name) &&
        !hasModifier(member, ts.SyntaxKind.PrivateKeyword),
    );
  }
  if (
    ts.isFunctionDeclaration(declaration) ||
    ts.isArrowFunction(declaration) ||
    ts.isFunctionExpression(declaration)
  ) {
    return [declaration];
  }
  if (!ts.isVariableDeclaration(declaration) || declaration.type || !declaration.initializer) return [];
  return functionsOf(declaration.initializer);
}

/** Names of the functions that a file exports, in the order of the file. */
export function exportedFunctions(module: SourceModule): string[] {
  const names = exportedDeclarations(module).flatMap((declaration) => {
    const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
    const callable =
      value &&
      (ts.isFunctionDeclaration(value) || ts.isArrowFunction(value) || ts.isFunctionExpression(value));
    return callable ? (nameOfFunction(value) ?? []) : [];
  });
  return [...new Set(names)];
}

/** Whether the function's type would be inferred from a body that the stub changes. */
function infersReturnType(node: ts.FunctionLikeDeclaration): boolean {
  if (node.type || ts.isConstructorDeclaration(node) || ts.isSetAccessorDeclaration(node)) return false;
  return !(ts.isVariableDeclaration(node.parent) && node.parent.type);
}

/**
 * Functions without an explicit return type among the exported ones and those with a region: a stub that only
 * throws would change the inferred type, and with it whether the code around it compiles.
 */
export function missingReturnTypes(module: SourceModule, regions: readonly Region[]): Finding[] {
  const withRegion = regions
    .map(({ functionNode }) => functionNode)
    .filter(({ parent }) => !ts.isPropertyAssignment(parent));
  const functions = new Set([...exportedDeclarations(module).flatMap(functionsOf), ...withRegion]);
  return [...functions].filter(infersReturnType).map((node) =>
    findingAt(module.sourceFile, (node.name ?? node).getStart(module.sourceFile), {
      problem: `${nameOfFunction(node) ?? 'this function'} has no explicit return type`,
      remedy: 'write the return type, so that the stub keeps it',
    }),
  );
}

/** The names of the values that a file exports, as they are written: what `export *` passes on is not among them. */
export function exportedNames(path: string, text: string): string[] {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  return statements.flatMap((statement): string[] => {
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      if (statement.isTypeOnly || !clause || !ts.isNamedExports(clause)) return [];
      return clause.elements.filter((one) => !one.isTypeOnly).map(({ name }) => name.text);
    }
    if (!isExported(statement)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [name.text] : [],
      );
    }
    const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
    return named && statement.name ? [statement.name.text] : [];
  });
}
