import ts from 'typescript';
import { printable } from '../../format/printable.ts';
import { declarationsIn } from '../exported-functions.ts';
import type { Objection } from '../finding.ts';
import { visit } from '../parse.ts';
import type { Token } from '../tokens.ts';
import { functionNameOf, tokensOf } from '../tokens.ts';

/** The error that a function throws until it is written. */
const STUB_ERROR = 'NotImplementedError';
const NONE: ReadonlySet<string> = new Set();

/**
 * Given code that was changed or taken out: every top-level statement of the template must be there, token for token,
 * but for its imports and the bodies of its stubs. What was added is not looked at, nor are stubs' parameters, which
 * are the rule `signatures`' business.
 */
export function findChangedGivenCode(options: { file: ts.SourceFile; template: ts.SourceFile }): Objection[] {
  const { file, template } = options;
  const whole = file.statements.map((node) => tokensOf({ node, file, elide: NONE }));
  return template.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return [];
    const stubs = stubsIn(statement);
    const isStub = declarationsIn(statement).some(([name, node]) => node !== undefined && stubs.has(name));
    if (isStub) return [];
    const expected = tokensOf({ node: statement, file: template, elide: stubs });
    const received =
      stubs.size === 0 ? whole : file.statements.map((node) => tokensOf({ node, file, elide: stubs }));
    if (
      expected.length === 0 ||
      received.some((tokens) => firstDifference({ expected, received: tokens }) < 0)
    )
      return [];
    return [objectionTo({ statement, expected, candidates: file.statements, received, template })];
  });
}

/** Names of the functions and methods in a statement that are still to be written. */
function stubsIn(statement: ts.Statement): ReadonlySet<string> {
  const names = new Set<string>();
  visit(statement, (node) => {
    if (!ts.isThrowStatement(node) || !ts.isNewExpression(node.expression)) return;
    const { expression } = node.expression;
    if (!ts.isIdentifier(expression) || expression.text !== STUB_ERROR) return;
    // A stub inside a callback belongs to the function around it.
    const owner = ts.findAncestor(node, (at) => functionNameOf(at) !== undefined);
    const name = owner && functionNameOf(owner);
    if (name !== undefined) names.add(name);
  });
  return names;
}

function objectionTo(options: {
  readonly statement: ts.Statement;
  readonly expected: readonly Token[];
  readonly candidates: readonly ts.Statement[];
  readonly received: readonly (readonly Token[])[];
  readonly template: ts.SourceFile;
}): Objection {
  const { statement, expected, candidates, received, template } = options;
  const names = declarationsIn(statement).map(([name]) => name);
  const what =
    names.length > 0
      ? `the given \`${names.join('`, `')}\``
      : `the given line \`${firstLine(statement, template)}\``;
  const same = candidates.findIndex((node) => declarationsIn(node).some(([name]) => names.includes(name)));
  if (same < 0) return { position: 0, message: `${what} is missing; put it back` };
  const at = firstDifference({ expected, received: received[same] });
  const token = received[same][at];
  const change = `expected ${tokenText(expected[at])}, found ${tokenText(token)}`;
  const position = token?.position ?? candidates[same].getStart();
  return { position, message: `${what} was changed: ${change}; put it back` };
}

/** Index of the first token that differs; -1 when all are the same. */
function firstDifference({
  expected,
  received,
}: {
  expected: readonly Token[];
  received: readonly Token[];
}): number {
  const length = Math.max(expected.length, received.length);
  for (let i = 0; i < length; i++) if (expected[i]?.text !== received[i]?.text) return i;
  return -1;
}

const tokenText = (token: Token | undefined): string =>
  token ? `\`${printable(token.text, 40)}\`` : 'its end';

const firstLine = (statement: ts.Statement, file: ts.SourceFile): string =>
  printable(statement.getText(file).split('\n', 1)[0], 60);
