import { expect, it } from 'vitest';
import { embeddedPair } from '../../../reference/cases/embedded-pair.ts';
import type { PairRole } from '../../../reference/cases/pair-role.ts';
import { contrastiveRubric } from '../../../reference/parts/contrastive/rubric.ts';
import { minimalChangeRubric } from '../../../reference/parts/minimal-change/rubric.ts';

/** The titles of a pair's checks, on pictures with classes or without. */
function titles(isTrue: boolean): string[] {
  const { first, second, robust } = embeddedPair.mistakes;
  // Their words are a course's own, and not what is looked at here.
  const mistakes = Object.fromEntries(
    Object.entries({ first, second, robust }).map(([which, one]) => [which, { ...one, isTrue, words: 'it' }]),
  );
  const pair = { ...embeddedPair, mistakes } as PairRole;
  return [...contrastiveRubric(pair), ...minimalChangeRubric(pair)].map(({ title }) => title);
}

it('titles of checks speak of mistakes only where the pictures have classes', () => {
  const speaking = (isTrue: boolean): string[] =>
    titles(isTrue).filter((title) => /mistake|wrong/.test(title));
  expect(speaking(false)).toEqual([]);
  expect(speaking(true)).toEqual([
    'The picture of a wrongly classified arrow is right',
    'contrast explains a mistake of the adversarially trained network by smoothed saliency',
    'The picture of the corrected mistake is right',
  ]);
});
