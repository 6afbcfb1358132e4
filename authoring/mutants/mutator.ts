import type ts from 'typescript';

/** One small change of a source, by offsets. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What a kind of mistake makes of a node of a syntax tree: any number of changes, each a mutant of its own. Kinds are
 * listed in `mutants.ts`.
 */
export type Mutator = (node: ts.Node, source: ts.SourceFile) => readonly Change[];

/** A change that puts another text in a node's place. */
export function replace(node: ts.Node, source: ts.SourceFile, text: string): Change {
  return { start: node.getStart(source), end: node.end, text };
}
