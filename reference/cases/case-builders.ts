import type { CaseDefinition } from '../../grader/assignment/define.ts';
import { randomStream, type RandomStream } from '../lib/random.ts';

/** What makes one case differ from another; inputs and derived calls may be left out. */
export type CaseBody = Pick<CaseDefinition, 'calls'> &
  Partial<Pick<CaseDefinition, 'constant' | 'inputs' | 'derived'>>;

/** Where a case's random numbers come from: no two cases share any. */
export interface CaseRandomness {
  readonly id: string;
  /** Of the stream, for given code that draws or trains by a seed of its own. */
  readonly seed: string;
  readonly stream: RandomStream;
}

/** A body, or how to make one from random numbers. */
export type CaseRecipe = CaseBody | ((randomness: CaseRandomness) => CaseBody);

type CaseBuilder = (id: string, recipe: CaseRecipe) => CaseDefinition;

/** Builders of a part's cases: those that students are shown and those that they are not. */
export function casesOf(
  part: { readonly id: string },
  courseSeed: string,
): { readonly publicCase: CaseBuilder; readonly privateCase: CaseBuilder } {
  const build =
    (visibility: CaseDefinition['visibility']): CaseBuilder =>
    (id, recipe) => {
      const seed = `${courseSeed}/${part.id}/${id}`;
      const body = typeof recipe === 'function' ? recipe({ id, seed, stream: randomStream(seed) }) : recipe;
      return { id, visibility, inputs: {}, derived: [], ...body };
    };
  return { publicCase: build('public'), privateCase: build('private') };
}
