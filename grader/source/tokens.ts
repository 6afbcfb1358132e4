import ts from 'typescript';

/** One word of the language, and where it starts. */
export interface Token {
  readonly text: string;
  readonly position: number;
}

/** In the place of a body that does not matter. */
const ELIDED = '{...}';

/**
 * The tokens of a statement, the same however it is laid out: comments, semicolons, trailing commas and the kind of
 * quotes do not count.
 *
 * @param elide names of functions and methods whose bodies are left out
 */
export function tokensOf(options: {
  readonly node: ts.Node;
  readonly file: ts.SourceFile;
  readonly elide: ReadonlySet<string>;
}): Token[] {
  const { file, elide } = options;
  const tokens: Token[] = [];
  const collect = (node: ts.Node): void => {
    const position = node.getStart(file);
    if (ts.isBlock(node) && elide.has(functionNameOf(node.parent) ?? '')) {
      tokens.push({ text: ELIDED, position });
      return;
    }
    const children = node.getChildren(file);
    for (const child of children) collect(child);
    if (children.length > 0 || node.kind === ts.SyntaxKind.SyntaxList) return;
    if (node.kind === ts.SyntaxKind.SemicolonToken || node.kind === ts.SyntaxKind.EndOfFileToken) return;
    const text = ts.isStringLiteral(node) ? JSON.stringify(node.text) : node.getText(file);
    // A comma before a closing bracket is a matter of layout.
    if (/^[)\]}>]$/.test(text) && tokens[tokens.length - 1]?.text === ',') tokens.pop();
    tokens.push({ text, position });
  };
  collect(options.node);
  return tokens;
}

/** The name under which a function is known: its own, or that of the variable or property that holds it. */
export function functionNameOf(node: ts.Node): string | undefined {
  if (!ts.isFunctionLike(node)) return undefined;
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const holder =
    ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent : node;
  const { name } = node.name ? node : holder;
  return name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;
}
