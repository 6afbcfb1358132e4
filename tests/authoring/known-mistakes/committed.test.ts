import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownMistakesFiles } from '../../../authoring/known-mistakes/files.ts';
import {
  countTold,
  LEAST_RIGHT,
  measureKnown,
  openParts,
  MOST_WRONG,
} from '../../../authoring/known-mistakes/measure.ts';
import { knownMistakesPage } from '../../../authoring/known-mistakes/page.ts';
import { variantsOf } from '../../../authoring/known-mistakes/variants.ts';
import { mistakesOf } from '../../../authoring/judging/mistakes.ts';
import { assignment } from '../../../reference/assignment.ts';
import { FIXTURES, ROOT } from '../../../repository.ts';

const asked = assignment.parts.filter((part) => !part.solved);

describe.each(asked)('of $id', ({ id }) => {
  it('every mistake says its cause in one sentence to the student, without code', () => {
    for (const [name, { cause }] of mistakesOf(id)) {
      expect(cause, name).toMatch(/^(?:You|Your|The) [^`]+[.]$/);
      expect(cause, name).not.toMatch(/\btf\.|[({=]/);
      expect(cause!.length, name).toBeLessThan(140);
    }
  });

  it('every variant is one of a mistake that there is', () => {
    const names = [...mistakesOf(id).keys()].map((name) => name.split('/').at(-1));
    expect(names).toEqual(expect.arrayContaining([...variantsOf(id).keys()]));
  });
});

describe('what is committed of known mistakes', () => {
  it('is what was recorded: npm run known-mistakes -- --known', () => {
    const files = knownMistakesFiles(assignment.parts);
    for (const half of ['public', 'private']) {
      const folder = join(FIXTURES, half, 'known-mistakes');
      const names = [...files.keys()].filter((path) => path.startsWith(`${half}/`));
      expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual(
        names.map((path) => path.split('/').at(-1)).sort(),
      );
      for (const path of names)
        expect(readFileSync(join(FIXTURES, path), 'utf8'), path).toBe(files.get(path));
    }
  });

  it('is nothing of a part of which not every solution is recorded as it is now', () => {
    const saliency = asked.filter(({ id }) => id === 'saliency-map');
    expect(knownMistakesFiles(saliency, () => ({ total: 20, known: 20 })).size).toBe(2);
    expect(knownMistakesFiles(saliency, () => ({ total: 20, known: 19 })).size).toBe(0);
  });

  it('takes less than a megabyte in the halves', () => {
    const bytes = [...knownMistakesFiles(assignment.parts).values()].reduce(
      (sum, text) => sum + text.length,
      0,
    );
    expect(bytes).toBeLessThan(1_000_000);
  });

  const measures = asked.flatMap((part) => measureKnown(part) ?? []);

  it('recognises most of what is held out, mistakes little, and tells right solutions nothing', () => {
    const heldOut = measures.flatMap((one) => one.heldOut);
    const right = countTold(heldOut, 'right') + countTold(heldOut, 'relation');
    expect(heldOut.length).toBeGreaterThan(50);
    expect(right / heldOut.length).toBeGreaterThanOrEqual(LEAST_RIGHT);
    expect(countTold(heldOut, 'wrong') / heldOut.length).toBeLessThanOrEqual(MOST_WRONG);
    expect(measures.flatMap((one) => one.rightOnesTold)).toEqual([]);
  });

  it('stands on docs/known-mistakes.md, with the parts that have changed since: npm run known-mistakes', () => {
    expect(readFileSync(join(ROOT, 'docs/known-mistakes.md'), 'utf8')).toBe(
      knownMistakesPage(measures, openParts(asked)),
    );
  });
});
