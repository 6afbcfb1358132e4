import { marked, type Tokens } from 'marked';
import { MagicString } from 'magic-string';
import ts from 'typescript';

/** An example of a page: a block of code, or a cell of a table. */
export interface Example {
  readonly code: string;
  /** It shows what the compiler refuses. */
  readonly refused: boolean;
}

/** The blocks of TypeScript of a page, in order. */
export function examplesOf(markdown: string): Example[] {
  return marked
    .lexer(markdown)
    .filter((token): token is Tokens.Code => token.type === 'code' && /^ts\b/.test(token.lang ?? ''))
    .map(({ text, lang }) => ({ code: text, refused: lang === 'ts no-compile' }));
}

/** The rows of the table whose head begins with the given cell. */
export function rowsOf(markdown: string, firstHead: string): string[][] {
  const tables = marked.lexer(markdown).filter((token): token is Tokens.Table => token.type === 'table');
  const table = tables.find(({ header }) => header[0].text === firstHead)!;
  return table.rows.map((row) => row.map(({ text }) => text));
}

/** The pieces of code of a cell, without backticks. */
export const codeIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

function remarkBehind(source: ts.SourceFile, statement: ts.Statement): string {
  const [comment] = ts.getTrailingCommentRanges(source.text, statement.end) ?? [];
  return comment ? source.text.slice(comment.pos + 2, comment.end).trim() : '';
}

/**
 * JavaScript that does what an example does and calls `expectShape(name, tensor, text)`, `expectValue(value, text)` and
 * `expectError(action, text)` for what the comments behind its statements say: `[N, 3]` behind a `const`, `→ 1,1` behind an
 * expression, `throws: ...` behind anything.
 */
export function instrumented(code: string): { script: string; claims: number } {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const edits = new MagicString(code);
  let claims = 0;
  for (const statement of source.statements) {
    const remark = remarkBehind(source, statement);
    const text = JSON.stringify(remark.replace(/^(?:→|throws:) /, ''));
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations[0]
      : undefined;
    if (remark.startsWith('throws: ')) {
      const [start, initializer] = [statement.getStart(source), declared!.initializer!.getText(source)];
      edits.update(start, statement.end, `expectError(() => ${initializer}, ${text});`);
    } else if (remark.startsWith('[') && declared) {
      edits.appendLeft(
        statement.end,
        ` expectShape(${JSON.stringify(declared.name.getText(source))}, ${declared.name.getText(source)}, ${text});`,
      );
    } else if (remark.startsWith('→ ') && ts.isExpressionStatement(statement)) {
      edits.update(
        statement.getStart(source),
        statement.end,
        `expectValue(${statement.expression.getText(source)}, ${text});`,
      );
    } else continue;
    claims++;
  }
  const { outputText } = ts.transpileModule(edits.toString(), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return { script: outputText.replaceAll(/^export \{\};$/gm, ''), claims };
}
