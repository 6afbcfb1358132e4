import { existsSync, statSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import type { MagicString } from 'magic-string';
import ts from 'typescript';
import { findingAt, type Finding } from './findings.ts';
import { walk, type SourceModule } from './source-module.ts';

/** A relative path from one file of the template to another, as an import writes it. */
export function specifierFor({ from, to }: { from: string; to: string }): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

/** `new URL('./file', import.meta.url)`: the literal of a file that lies beside the module. */
function fileUrlLiteral(node: ts.Node): ts.StringLiteralLike | undefined {
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'URL')
    return undefined;
  const [path, base] = node.arguments ?? [];
  const beside =
    base !== undefined && ts.isPropertyAccessExpression(base) && ts.isMetaProperty(base.expression);
  return beside && path !== undefined && ts.isStringLiteralLike(path) ? path : undefined;
}

/** The literal that names another module, in whichever form: import, re-export, dynamic import, import type. */
function moduleLiteral(node: ts.Node): ts.StringLiteralLike | undefined {
  let literal: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) literal = node.moduleSpecifier;
  else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    [literal] = node.arguments;
  else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) literal = node.argument.literal;
  return literal !== undefined && ts.isStringLiteralLike(literal) ? literal : undefined;
}

/**
 * Rewrites relative imports, and URLs of files beside the module, from the reference's layout to the template's.
 * `templatePathOf` maps absolute source paths. Parts of the file for which `skip` is true are left alone.
 */
export function rewriteSpecifiers(
  edits: MagicString,
  module: SourceModule,
  {
    templatePath,
    templatePathOf,
    skip,
  }: { templatePath: string; templatePathOf: ReadonlyMap<string, string>; skip: (node: ts.Node) => boolean },
): Finding[] {
  const findings: Finding[] = [];
  walk(module.sourceFile, (node) => {
    if (skip(node)) return false;
    const imported = moduleLiteral(node);
    const literal = imported ?? fileUrlLiteral(node);
    if (!literal || !/^\.\.?\//.test(literal.text)) return true;
    const target = resolve(dirname(module.path), literal.text);
    const mapped = templatePathOf.get(target);
    const start = literal.getStart(module.sourceFile);
    if (mapped !== undefined) {
      edits.update(start + 1, literal.end - 1, specifierFor({ from: templatePath, to: mapped }));
    } else if (imported || (existsSync(target) && statSync(target).isFile())) {
      const problem = `"${literal.text}" does not ship with the template`;
      const remedy = "list the file among the part's files, move it to reference/lib, or do not use it here";
      findings.push(findingAt(module.sourceFile, start, { problem, remedy }));
    }
    return true;
  });
  return findings;
}
