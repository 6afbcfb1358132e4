import { posix } from 'node:path';
import ts from 'typescript';
import { printable } from '../../format/printable.ts';
import type { Objection } from '../finding.ts';
import { visit } from '../parse.ts';

/** What {@link findForbiddenImports} looks at. */
export interface ImportCheck {
  /** Path of the file, from which its relative imports start. */
  readonly path: string;
  readonly file: ts.SourceFile;
  /** Its imports are allowed. */
  readonly template?: ts.SourceFile;
  readonly modules: ReadonlySet<string>;
  readonly packages: readonly string[];
}

/**
 * Imports of anything but the allowed packages and modules, by every syntax there is: static and dynamic `import`,
 * `import type`, `export from`, types written `import('...')`, `require`, `/// <reference>`.
 */
export function findForbiddenImports({ path, file, template, modules, packages }: ImportCheck): Objection[] {
  const given = new Set(template ? importsOf(template).map(({ specifier }) => specifier) : []);
  const allowed = `only ${packages.join(', ')} and the template's own files may be imported`;
  return importsOf(file).flatMap(({ specifier, position }) => {
    if (specifier === undefined) return [{ position, message: `imports a computed name; ${allowed}` }];
    if (packages.includes(specifier) || given.has(specifier)) return [];
    const relative = /^\.\.?(\/|$)/.test(specifier);
    if (relative && candidates({ path, specifier }).some((candidate) => modules.has(candidate))) return [];
    const what = `imports \`${printable(specifier, 60)}\``;
    const message = relative
      ? `${what}, which is not a file of the template; ${allowed}`
      : `${what}; ${allowed}; if your editor added this line, delete it`;
    return [{ position, message }];
  });
}

/** The template's modules that a file imports, by every syntax there is. */
export function importedModules(options: {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly modules: ReadonlySet<string>;
}): string[] {
  const { path, file, modules } = options;
  const imported = importsOf(file).flatMap(({ specifier }) =>
    specifier === undefined ? [] : candidates({ path, specifier }).filter((one) => modules.has(one)),
  );
  return [...new Set(imported)];
}

/** The files that a relative import may mean, as bundlers and TypeScript read it. */
function candidates({ path, specifier }: { path: string; specifier: string }): string[] {
  const target = posix.join(posix.dirname(path), specifier);
  return [target, `${target}.ts`, `${target}/index.ts`, target.replace(/\.js$/, '.ts')];
}

interface Import {
  /** Undefined where it is computed at run time. */
  readonly specifier: string | undefined;
  readonly position: number;
}

function importsOf(file: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (node: ts.Node | undefined, position: number): void => {
    const specifier = node && ts.isStringLiteralLike(node) ? node.text : undefined;
    imports.push({ specifier, position });
  };
  visit(file, (node) => {
    const position = node.getStart(file);
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, position);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, position);
    else if (ts.isExternalModuleReference(node)) add(node.expression, position);
    else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, position);
    } else if (ts.isCallExpression(node) && isImportCall(node)) add(node.arguments[0], position);
  });
  const references = [file.referencedFiles, file.typeReferenceDirectives, file.libReferenceDirectives].flat();
  for (const { fileName, pos } of references) imports.push({ specifier: fileName, position: pos });
  return imports;
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  const outer = bare(expression);
  const callee = ts.isPropertyAccessExpression(outer) ? bare(outer.expression) : outer;
  return ts.isIdentifier(callee) && callee.text === 'require';
}

/** Without brackets and types, through which bundlers see: `(require as any)('...')`, `require!('...')`. */
function bare(expression: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isParenthesizedExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isExpressionWithTypeArguments(expression) ||
    ts.isTypeAssertionExpression(expression);
  return isWrapped ? bare(expression.expression) : expression;
}
