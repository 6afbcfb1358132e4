import ts from 'typescript';
import { printable } from '../format/printable.ts';
import type { Objection } from './finding.ts';
import { singleFileProgram } from './single-file-program.ts';

/** A file's syntax tree, with parents set, and what keeps it from being one. */
export interface Parsed {
  readonly file: ts.SourceFile;
  readonly errors: readonly Objection[];
}

/** The compiler itself failed on a text. */
export class UnparsableSource extends Error {
  override readonly name = 'UnparsableSource';
}

/**
 * Parses TypeScript. Nothing is resolved, bound or type-checked, and no other file is looked at. Not bounded in time;
 * see `withSyntaxTree`.
 * @throws UnparsableSource, or RangeError where the text is nested too deeply
 */
export function parse(source: { readonly path: string; readonly text: string }): Parsed {
  try {
    return parseUnchecked(source);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new UnparsableSource(source.path, { cause });
  }
}

function parseUnchecked({ path, text }: { readonly path: string; readonly text: string }): Parsed {
  const file = ts.createSourceFile(
    path,
    text,
    // The parser keeps state between files while it reads doc comments; after a file that breaks it off, that would
    // be the next file's trouble.
    { languageVersion: ts.ScriptTarget.ES2022, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    true,
    ts.ScriptKind.TS,
  );
  const errors = singleFileProgram(file)
    .getSyntacticDiagnostics(file)
    .map(({ start, messageText }) => ({
      position: start,
      message: printable(ts.flattenDiagnosticMessageText(messageText, ' '), 200),
    }));
  return { file, errors };
}

/**
 * To be called after a parse that threw or was broken off: the parser remembers positions of the file it was in until
 * it reaches the end of one, and would misread the next file there.
 */
export function resetParser(): void {
  ts.createSourceFile('empty.ts', '', ts.ScriptTarget.ES2022);
}

/** Visits every node below, parents first. */
export function visit(node: ts.Node, onNode: (node: ts.Node) => void): void {
  node.forEachChild((child) => {
    onNode(child);
    visit(child, onNode);
  });
}
