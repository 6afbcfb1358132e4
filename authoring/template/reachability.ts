import ts from 'typescript';
import { findingAt, type Finding } from './findings.ts';
import type { Region } from './regions.ts';
import { walk, type SourceModule } from './source-module.ts';

/** What a stubbed file still needs, and what only the solution did. */
export interface Reachability {
  /** Symbols of imports and top-level declarations that the stubbed file refers to. */
  readonly needed: ReadonlySet<ts.Symbol>;
  /** Top-level declarations that nothing in the stubbed file refers to any more. */
  readonly unneeded: readonly ts.Statement[];
  readonly findings: readonly Finding[];
}

function namesIn(binding: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(binding)) return [binding];
  return binding.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesIn(element.name),
  );
}

/** The names that a top-level statement declares for this file only; empty for anything else or when exported. */
function privateNames(statement: ts.Statement): ts.Identifier[] {
  const exported =
    (ts.getCombinedModifierFlags(statement as ts.DeclarationStatement) & ts.ModifierFlags.Export) !== 0;
  if (exported || (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport))) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  }
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return declares && statement.name ? [statement.name] : [];
}

function isExport({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword;
}

/**
 * Follows references from what leaves the file or runs on import, through private declarations, with the regions
 * left out. Shadowed names and helpers that use each other are told apart by the compiler's own symbols.
 */
export function findReachable(module: SourceModule, regions: readonly Region[]): Reachability {
  const { sourceFile } = module;
  const inRegions = new Set<ts.Node>(regions.flatMap(({ statements }) => statements));
  const declaring = new Map<ts.Symbol, ts.Statement[]>();
  const declared = new Map<ts.Statement, { name: ts.Identifier; symbol: ts.Symbol }[]>();
  const pending: ts.Statement[] = [];
  for (const statement of sourceFile.statements) {
    if (ts.isImportDeclaration(statement)) continue;
    const names = privateNames(statement).flatMap((name) => {
      const symbol = module.declaredSymbol(name);
      return symbol ? [{ name, symbol }] : [];
    });
    if (names.length === 0) pending.push(statement);
    else declared.set(statement, names);
    for (const { symbol } of names) declaring.set(symbol, [...(declaring.get(symbol) ?? []), statement]);
  }

  const needed = new Set<ts.Symbol>();
  const visited = new Set<ts.Statement>();
  for (let statement = pending.pop(); statement; statement = pending.pop()) {
    if (visited.has(statement)) continue;
    visited.add(statement);
    const own = new Set<ts.Node>(declared.get(statement)?.map(({ name }) => name));
    walk(statement, (node) => {
      if (inRegions.has(node)) return false;
      const symbol = ts.isIdentifier(node) && !own.has(node) ? module.symbolOf(node) : undefined;
      if (!symbol) return true;
      needed.add(symbol);
      pending.push(...(declaring.get(symbol) ?? []));
      return true;
    });
  }

  const unneeded = [...declared.keys()].filter((statement) => !visited.has(statement));
  const findings = [...declared.values()].flatMap((names) => {
    const unused = names.filter(({ symbol }) => !needed.has(symbol));
    if (unused.length === 0 || unused.length === names.length) return [];
    const problem = `"${unused[0].name.text}" is used only by the solution but declared together with other names`;
    const remedy = 'declare it in a statement of its own';
    return [findingAt(sourceFile, unused[0].name.getStart(sourceFile), { problem, remedy })];
  });
  return { needed, unneeded, findings };
}
