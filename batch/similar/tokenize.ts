import { File, Region, TokenizedFile } from '@dodona/dolos-core';
import { syntaxTokens } from '../../grader/source/index.ts';

/** A submitted file as tokens of its syntax tree: names, numbers, remarks and white space do not count. */
export function tokenize(source: {
  readonly owner: string;
  readonly path: string;
  readonly text: string;
}): TokenizedFile {
  const { owner, path, text } = source;
  const tokens = syntaxTokens({ path, text });
  return new TokenizedFile(
    new File(`${owner}/${path}`, text),
    tokens.map(({ kind }) => kind),
    tokens.map(({ from, to }) => new Region(from.row, from.column, to.row, to.column)),
  );
}
