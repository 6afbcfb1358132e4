import { File, Region, TokenizedFile } from '@dodona/dolos-core';
import { syntaxTokens } from '../../grader/source/index.ts';

/** Of a file; right solutions have fewer than 3,000. Where code repeats, the work grows with the square. */
const MOST_TOKENS = 10_000;

/** A submitted file as tokens of its syntax tree: names, numbers, remarks and white space do not count, nor what goes on for too long. */
export function tokenize(source: {
  readonly owner: string;
  readonly path: string;
  readonly text: string;
}): TokenizedFile {
  const { owner, path, text } = source;
  const tokens = syntaxTokens({ path, text }).slice(0, MOST_TOKENS);
  return new TokenizedFile(
    new File(`${owner}/${path}`, text),
    tokens.map(({ kind }) => kind),
    tokens.map(({ from, to }) => new Region(from.row, from.column, to.row, to.column)),
  );
}
