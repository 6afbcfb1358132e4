import ts from 'typescript';
import { printable } from '../format/printable.ts';
import { declarationsIn, exportsOf } from './exported-functions.ts';
import { visit } from './parse.ts';
import { ReadingTime, withSyntaxTree } from './with-syntax-tree.ts';

/** A stretch of a file, safe to print. */
export interface SourceStretch {
  /** The number of its first line, from 1. */
  readonly first: number;
  readonly lines: readonly string[];
}

const LONGEST_LINE = 160;

/** The names that a statement mentions, in whatever role. */
function namesIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  visit(node, (one) => {
    if (ts.isIdentifier(one)) names.add(one.text);
  });
  return names;
}

/**
 * The statements of a submitted file that make up some of its exports: each declaration, and those at the file's top
 * level that they mention, in the file's order. None where the file cannot be read or declares none of them.
 */
export function declarationsBehind(
  file: { readonly path: string; readonly text: string },
  exports: readonly string[],
): SourceStretch[] {
  const read = withSyntaxTree({ ...file, time: new ReadingTime() }, (parsed): SourceStretch[] => {
    const { statements } = parsed.file;
    const own = exportsOf(parsed.file);
    const wanted = new Set(exports.filter((name) => own.has(name)));
    const taken = new Set<ts.Statement>();
    // What is added on the way is visited, too.
    for (const name of wanted) {
      for (const statement of statements) {
        if (taken.has(statement) || !declarationsIn(statement).some(([declared]) => declared === name))
          continue;
        taken.add(statement);
        for (const mentioned of namesIn(statement)) wanted.add(mentioned);
      }
    }
    const lines = file.text.split(/\r?\n/);
    const lineAt = (position: number): number => parsed.file.getLineAndCharacterOfPosition(position).line;
    return statements
      .filter((statement) => taken.has(statement))
      .map((statement) => {
        const [from, to] = [lineAt(statement.getStart(parsed.file)), lineAt(statement.end)];
        const text = lines.slice(from, to + 1);
        return {
          first: from + 1,
          lines: text.map((line) => printable(line.replaceAll('\t', '  '), LONGEST_LINE)),
        };
      });
  });
  return read.readable ? read.result : [];
}
