import ts from 'typescript';
import { ReadingTime, withSyntaxTree } from './with-syntax-tree.ts';

/** A place in a text, from 0. */
export interface TextPlace {
  readonly row: number;
  readonly column: number;
}

/** Where a node of a syntax tree begins or ends, by its kind; its children come between. */
export interface SyntaxToken {
  readonly kind: string;
  readonly from: TextPlace;
  readonly to: TextPlace;
}

const LEAVING = ')';

/** The syntax tree of a submitted file in one line: names, values, remarks and layout do not count. None where it cannot be read. */
export function syntaxTokens(source: { readonly path: string; readonly text: string }): SyntaxToken[] {
  const read = withSyntaxTree({ ...source, time: new ReadingTime() }, ({ file }) => {
    const tokens: SyntaxToken[] = [];
    const placeOf = (position: number): TextPlace => {
      const { line, character } = file.getLineAndCharacterOfPosition(position);
      return { row: line, column: character };
    };
    const walk = (node: ts.Node): void => {
      const children: ts.Node[] = [];
      node.forEachChild((child) => void children.push(child));
      const start = node.getStart(file);
      const first = children[0]?.getStart(file) ?? node.end;
      tokens.push({
        kind: ts.SyntaxKind[node.kind],
        from: placeOf(start),
        to: placeOf(Math.max(start, first)),
      });
      for (const child of children) walk(child);
      tokens.push({ kind: LEAVING, from: placeOf(node.end), to: placeOf(node.end) });
    };
    for (const statement of file.statements) walk(statement);
    return tokens;
  });
  return read.readable ? read.result : [];
}
