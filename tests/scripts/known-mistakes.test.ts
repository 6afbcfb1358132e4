import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Networks } from '../../authoring/judging/expectation.ts';
import { FIXTURES } from '../../repository.ts';
import { knownMistakes } from '../../scripts/explain/known-mistakes.ts';

/** Those that fail exactly these checks of the saliency map. */
function exactly(failed: readonly string[], networks: Networks): string[] {
  const corpus = join(FIXTURES, 'submissions/should-fail/saliency-map');
  return knownMistakes(corpus, failed, networks)
    .filter(({ likeness }) => likeness === 1)
    .map(({ name }) => name);
}

it('a known mistake is recognised by what it fails on the course’s networks', () => {
  // Pictures of a course are looked at one by one, where a mistake of batches does not show.
  const batches = ['linear', 'linear-wide', 'convolution-batch', 'network'];
  expect(exactly(batches, 'own')).toContain('first-map-for-all');
  expect(exactly([...batches, 'picture'], 'own')).not.toContain('first-map-for-all');
  expect(exactly(batches, 'embedded')).not.toContain('first-map-for-all');
  expect(exactly([...batches, 'picture'], 'embedded')).toContain('first-map-for-all');
});
