import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Networks } from '../../authoring/judging/expectation.ts';
import { jsonText } from '../../grader/format/json-text.ts';
import { FIXTURES } from '../../repository.ts';
import { knownMistakes } from '../../scripts/explain/known-mistakes.ts';
import { temporaryFolder, writeFiles } from '../authoring/template/small-assignment.ts';

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

it('what is shown of a known mistake does not say why it keeps its points', () => {
  const corpus = temporaryFolder();
  const described = { part: 'mean', fails: ['value'], hint: 'Divide.' };
  writeFiles(corpus, {
    'sum/expect.json': jsonText(described),
    'sum/README.md': '# The sum\n\nAdds up\nand does not divide.\n\nIt keeps much: half right\nearns half.\n',
    'unnamed/expect.json': jsonText(described),
  });
  const known = knownMistakes(corpus, ['value'], 'embedded');
  expect(known.map(({ name, about }) => [name, about])).toEqual([
    ['sum', 'Adds up and does not divide.'],
    ['unnamed', ''],
  ]);
});
