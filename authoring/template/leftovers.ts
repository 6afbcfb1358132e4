import ts from 'typescript';
import { findingAt, type Finding } from './findings.ts';
import type { Region } from './regions.ts';
import { walk, type SourceModule } from './source-module.ts';

/** Statements shorter than this many characters without white space, such as `x.dispose();`, say nothing. */
const minimumLength = 24;

const arithmetic = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
]);

/** Text without white space and without the `//` and `*` that comments begin their lines with. */
function condense(text: string): string {
  return text.replaceAll(/^[^\S\n]*(?:\/\/+|\/?\*+(?!\/))/gm, '').replaceAll(/\s+/g, '');
}

/** The tokens of a node without the comments between them. */
function condenseTokens(sourceFile: ts.SourceFile, root: ts.Node): string {
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(sourceFile);
    if (children.length > 0) children.forEach(visit);
    else tokens.push(sourceFile.text.slice(node.getStart(sourceFile), node.end));
  };
  visit(root);
  return condense(tokens.join(''));
}

/** Whether a statement computes something. Taking a shape apart, say, may well be part of the given code too. */
function computes(statement: ts.Statement): boolean {
  let found = false;
  walk(statement, (node) => {
    found ||=
      ts.isCallExpression(node) || (ts.isBinaryExpression(node) && arithmetic.has(node.operatorToken.kind));
    return !found;
  });
  return found;
}

/** The statements of a solution, nested ones too, that must not be found anywhere in the template. */
export interface SolutionText {
  readonly module: SourceModule;
  readonly functionName: string;
  readonly statements: readonly { readonly start: number; readonly condensed: string }[];
}

export function solutionText(module: SourceModule, { statements, functionName }: Region): SolutionText {
  const found: { start: number; condensed: string }[] = [];
  for (const statement of statements) {
    walk(statement, (node) => {
      if (!ts.isStatement(node) || ts.isBlock(node) || !computes(node)) return;
      const condensed = condenseTokens(module.sourceFile, node);
      if (condensed.length >= minimumLength)
        found.push({ start: node.getStart(module.sourceFile), condensed });
    });
  }
  return { module, functionName, statements: found };
}

/**
 * Statements of solutions that occur in a file of the template, whatever their formatting, commented out or not,
 * in code or in a page of text. This is the second line of defence: it does not rely on how regions are removed.
 */
export function findLeftovers(
  content: ReadonlyMap<string, string | Uint8Array>,
  solutions: readonly SolutionText[],
): Finding[] {
  const findings: Finding[] = [];
  for (const [templatePath, text] of content) {
    if (typeof text !== 'string') continue;
    const condensed = [condense(text)];
    if (templatePath.endsWith('.ts')) {
      const sourceFile = ts.createSourceFile(templatePath, text, ts.ScriptTarget.ES2022, true);
      condensed.push(condenseTokens(sourceFile, sourceFile));
    }
    for (const { module, functionName, statements } of solutions) {
      const leaked = statements.find((statement) =>
        condensed.some((content) => content.includes(statement.condensed)),
      );
      if (!leaked) continue;
      const problem = `this statement of the solution of ${functionName} is also in the template's ${templatePath}`;
      const remedy = 'remove it there, or move it out of the region if it is given to the students';
      findings.push(findingAt(module.sourceFile, leaked.start, { problem, remedy }));
    }
  }
  return findings;
}
