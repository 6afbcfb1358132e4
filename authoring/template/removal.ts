import type { MagicString } from 'magic-string';
import ts from 'typescript';
import type { SourceModule } from './source-module.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** From the comments directly above a statement (no blank line between) to the end of the last line it is on. */
function rangeWithComments({ text, sourceFile }: SourceModule, statement: ts.Statement): Range {
  let start = statement.getStart(sourceFile);
  for (const comment of (ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? []).toReversed()) {
    const gap = text.slice(comment.end, start);
    if (gap.split('\n').length > 2) break;
    start = comment.pos;
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() === '') start = lineStart;
  const end = ts.getTrailingCommentRanges(text, statement.end)?.at(-1)?.end ?? statement.end;
  const restOfLine = /^[^\S\n]*(?:\n|$)/.exec(text.slice(end));
  return { start, end: end + (restOfLine?.[0].length ?? 0) };
}

/** Joins ranges with nothing but white space between them. */
function joinNeighbours(text: string, ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of ranges) {
    const previous = joined.at(-1);
    if (previous && text.slice(previous.end, range.start).trim() === '') {
      joined[joined.length - 1] = { start: previous.start, end: range.end };
    } else joined.push(range);
  }
  return joined;
}

/** Removes whole statements with the comments that belong to them, leaving no more blank lines than there were. */
export function removeStatements(
  edits: MagicString,
  module: SourceModule,
  statements: readonly ts.Statement[],
): void {
  const { text } = module;
  const ranges = statements
    .map((statement) => rangeWithComments(module, statement))
    .sort((a, b) => a.start - b.start);
  for (const range of joinNeighbours(text, ranges)) {
    let { start, end } = range;
    const before = text.slice(0, start);
    if (start === 0 || /\n\s*\n$/.test(before))
      end += /^(?:[^\S\n]*\n)*/.exec(text.slice(end))?.[0].length ?? 0;
    if (end === text.length) start = before.trimEnd().length + (before.trimEnd() === '' ? 0 : 1);
    edits.remove(start, end);
  }
}

/**
 * Trims imports to what is still needed. Returns the import statements with nothing left, which the caller
 * removes; imports for their side effect stay.
 */
export function trimImports(
  edits: MagicString,
  module: SourceModule,
  needed: ReadonlySet<ts.Symbol>,
): ts.Statement[] {
  const isNeeded = (name: ts.Identifier): boolean => {
    const symbol = module.declaredSymbol(name);
    return symbol === undefined || needed.has(symbol);
  };
  return module.sourceFile.statements.filter((statement) => {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    if (!clause) return false;
    const { name, namedBindings } = clause;
    const elements = namedBindings && ts.isNamedImports(namedBindings) ? [...namedBindings.elements] : [];
    const keepsName = name !== undefined && isNeeded(name);
    const keepsNamespace =
      namedBindings !== undefined && ts.isNamespaceImport(namedBindings) && isNeeded(namedBindings.name);
    const kept = elements.filter((element) => isNeeded(element.name));
    if (!keepsName && !keepsNamespace && kept.length === 0) return true;
    if (name && namedBindings && !keepsName)
      edits.remove(name.getStart(module.sourceFile), namedBindings.getStart(module.sourceFile));
    if (name && namedBindings && !keepsNamespace && kept.length === 0)
      edits.remove(name.end, namedBindings.end);
    else trimList(edits, module, elements, kept);
    return false;
  });
}

function trimList(
  edits: MagicString,
  { sourceFile }: SourceModule,
  elements: readonly ts.ImportSpecifier[],
  kept: readonly ts.ImportSpecifier[],
): void {
  const lastKept = kept.at(-1);
  for (const [index, element] of elements.entries()) {
    if (lastKept === undefined || kept.includes(element)) continue;
    if (element.pos < lastKept.pos)
      edits.remove(element.getStart(sourceFile), elements[index + 1].getStart(sourceFile));
    else edits.remove(elements[index - 1].end, element.end);
  }
}
