import ts from 'typescript';

/** A comment token: its text with the delimiters, and the range of it. */
export interface Comment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly block: boolean;
}

/**
 * Every comment of a file, in order. Only what lies between two tokens of the syntax tree is scanned, so text
 * inside a string, template literal or regular expression never counts as one.
 */
export function commentsOf(sourceFile: ts.SourceFile): Comment[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false);
  const comments: Comment[] = [];
  const scanTrivia = (start: number, end: number): void => {
    scanner.setText(sourceFile.text, start, end - start);
    for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
      const block = kind === ts.SyntaxKind.MultiLineCommentTrivia;
      if (!block && kind !== ts.SyntaxKind.SingleLineCommentTrivia) continue;
      comments.push({
        text: scanner.getTokenText(),
        start: scanner.getTokenStart(),
        end: scanner.getTokenEnd(),
        block,
      });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(sourceFile);
    if (children.length > 0) children.forEach(visit);
    else if (node.getFullStart() < node.getStart(sourceFile))
      scanTrivia(node.getFullStart(), node.getStart(sourceFile));
  };
  visit(sourceFile);
  return comments;
}
