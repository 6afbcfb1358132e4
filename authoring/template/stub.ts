import type { MagicString } from 'magic-string';
import ts from 'typescript';
import { findingAt, type Finding } from './findings.ts';
import { findReachable } from './reachability.ts';
import type { Region } from './regions.ts';
import { removeStatements, trimImports } from './removal.ts';
import type { SourceModule } from './source-module.ts';
import { specifierFor } from './specifiers.ts';

const errorName = 'NotImplementedError';
const errorModule = 'contract/not-implemented-error.ts';

/** Removes marker lines and keeps what is between them. */
export function removeMarkers(edits: MagicString, { text }: SourceModule, regions: readonly Region[]): void {
  for (const { start, end } of regions.flatMap(({ begin, end }) => [begin, end])) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const newline = text.indexOf('\n', end);
    edits.remove(lineStart, newline === -1 ? text.length : newline + 1);
  }
}

/**
 * Puts `throw new NotImplementedError('name')` in place of each region and removes the imports and private
 * declarations that only the regions used. Returns the removed statements, whose imports need no rewriting.
 */
export function replaceRegions(
  edits: MagicString,
  module: SourceModule,
  { regions, templatePath }: { regions: readonly Region[]; templatePath: string },
): { removed: readonly ts.Statement[]; findings: readonly Finding[] } {
  const existing = errorImport(module);
  const { needed, unneeded, findings } = findReachable(module, regions);
  const symbol = existing && module.declaredSymbol(existing.name);
  const removed = [
    ...trimImports(edits, module, new Set(symbol ? [...needed, symbol] : needed)),
    ...unneeded,
  ];
  removeStatements(edits, module, removed);
  if (!existing) addErrorImport(edits, module, { removed, templatePath });
  for (const { begin, end, functionName } of regions) {
    edits.update(begin.start, end.end, `throw new ${existing?.name.text ?? errorName}('${functionName}');`);
  }
  return { removed, findings: [...findings, ...(existing ? [] : nameCollisions(module))] };
}

function errorImport({ sourceFile }: SourceModule): ts.ImportSpecifier | undefined {
  for (const statement of sourceFile.statements) {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    const found = bindings.elements.find(
      ({ propertyName, name }) => (propertyName ?? name).text === errorName,
    );
    if (found) return found;
  }
  return undefined;
}

function nameCollisions({ sourceFile }: SourceModule): Finding[] {
  return sourceFile.statements
    .filter((statement) => ts.isClassDeclaration(statement) && statement.name?.text === errorName)
    .map((statement) =>
      findingAt(sourceFile, statement.getStart(sourceFile), {
        problem: `the file declares a ${errorName} of its own`,
        remedy: `import the one of ${errorModule} instead`,
      }),
    );
}

/** After the last import that stays, or before the first statement and the comments on it. */
function addErrorImport(
  edits: MagicString,
  { sourceFile, text }: SourceModule,
  { removed, templatePath }: { removed: readonly ts.Statement[]; templatePath: string },
): void {
  const line = `import { ${errorName} } from '${specifierFor({ from: templatePath, to: errorModule })}';`;
  const imports = sourceFile.statements.filter((statement) => ts.isImportDeclaration(statement));
  const lastKept = imports.findLast((statement) => !removed.includes(statement));
  if (lastKept) {
    edits.appendLeft(lastKept.end, `\n${line}`);
    return;
  }
  const first = imports[0] ?? sourceFile.statements[0];
  const comments = ts.getLeadingCommentRanges(text, first.getFullStart()) ?? [];
  // A comment with a blank line after it is about the file, not about its first statement.
  const header = comments.findLast(({ end }) => /^[^\S\n]*\n[^\S\n]*\n/.test(text.slice(end)));
  if (header) edits.appendLeft(header.end, `\n\n${line}`);
  else edits.prepend(`${line}\n\n`);
}
