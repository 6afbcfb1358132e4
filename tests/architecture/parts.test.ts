import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../reference/assignment.ts';
import { ROOT } from '../../repository.ts';

/** Files that ship to students and build on those of another part, by design. */
const BUILDS_ON: Readonly<Record<string, { readonly files: readonly string[]; readonly because: string }>> = {
  'activation-maximization/contract.ts': {
    files: ['saliency-variants/contract.ts'],
    because: 'what is explained of a class there is maximized here: score, probability or log-probability',
  },
  'clever-hans/clever-hans.ts': {
    files: ['saliency-map/saliency-map.ts'],
    because: 'the student’s own saliency maps convict the network',
  },
  'contrastive/contract.ts': {
    files: ['saliency-variants/contract.ts'],
    because: 'a smoothing is handed on to the student’s own saliencyVariant',
  },
  'contrastive/contrastive.ts': {
    files: ['grad-cam/grad-cam.ts', 'saliency-map/saliency-map.ts', 'saliency-variants/saliency-variants.ts'],
    because: 'the student’s own maps of two classes are compared',
  },
  'style-transfer/style-transfer.ts': {
    files: ['content-loss/content-loss.ts', 'style-loss/style-loss.ts', 'tv-loss/tv-loss.ts'],
    because: 'the student’s own losses are added up',
  },
};

/** Cases and checks that ask the student's own functions of other parts, so that their mistakes are charged there. */
const ASKS: typeof BUILDS_ON = {
  'clever-hans/reliance-rubric.ts': {
    files: ['saliency-map/names.ts'],
    because: 'what the student’s own saliency map leaves behind is judged in its own part',
  },
  'clever-hans/small-cases.ts': {
    files: ['saliency-map/names.ts'],
    because: 'the student’s own saliency map is asked for its maps of the same images',
  },
  'contrastive/cases.ts': {
    files: ['grad-cam/names.ts', 'saliency-map/names.ts', 'saliency-variants/names.ts'],
    because: 'the student’s own functions are asked for their maps of the same images',
  },
  'style-transfer/network-cases.ts': {
    files: ['style-loss/names.ts'],
    because: 'the targets are made of the student’s own Gram matrices',
  },
  'style-transfer/own-losses.ts': {
    files: ['content-loss/names.ts', 'style-loss/names.ts', 'tv-loss/names.ts'],
    because: 'the student’s own losses are asked for the same values',
  },
};

const REFERENCE = join(ROOT, 'reference');

/** TypeScript files of the reference, relative to it. */
const files = readdirSync(REFERENCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => path.endsWith('.ts'));

/** The part that a file belongs to, if any. */
const partOf = (file: string): string | undefined => /^parts\/([^/]+)\//.exec(file)?.[1];

/** What a file imports from folders of parts other than its own, relative to `parts/`. */
function importsOfOtherParts(file: string): string[] {
  const text = readFileSync(join(REFERENCE, file), 'utf8');
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => posix.join(posix.dirname(file), fileName))
    .filter((target) => partOf(target) !== undefined && partOf(target) !== partOf(file))
    .map((target) => posix.relative('parts', target))
    .toSorted();
}

describe('parts stand apart', () => {
  it('the folder of a part has its name', () => {
    const folders = new Set(files.flatMap((file) => partOf(file) ?? []));
    expect([...folders].toSorted()).toEqual(assignment.parts.map(({ id }) => id).toSorted());
  });

  it('no file of a part imports another part, except where it builds on the student’s own code', () => {
    const found = files
      .filter((file) => partOf(file) !== undefined)
      .map((file) => [posix.relative('parts', file), importsOfOtherParts(file)] as const)
      .filter(([, targets]) => targets.length > 0);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries({ ...BUILDS_ON, ...ASKS }).map(([file, exception]) => [file, exception.files]),
      ),
    );
  });

  for (const [file, exception] of Object.entries(BUILDS_ON)) {
    it(`${file} ships to students, as does what it builds on: ${exception.because}`, () => {
      const shipped = assignment.parts.flatMap((part) =>
        Object.values(part.files).map(({ source }) => `${part.id}/${source}`),
      );
      expect(shipped).toEqual(expect.arrayContaining([file, ...exception.files]));
    });
  }

  it('what parts share imports none of them', () => {
    const shared = files.filter((file) => partOf(file) === undefined && file !== 'assignment.ts');
    expect(shared.filter((file) => importsOfOtherParts(file).length > 0)).toEqual([]);
  });

  it('the place of a module in the template is written once', () => {
    const shipped = new Set(
      assignment.parts.flatMap((part) =>
        Object.values(part.files).map(({ source }) => `parts/${part.id}/${source}`),
      ),
    );
    const texts = files
      .filter((file) => /^(?:parts|cases|rubrics)\//.test(file) && !shipped.has(file))
      .map((file) => readFileSync(join(REFERENCE, file), 'utf8'));
    const modules = assignment.parts.flatMap((part) =>
      Object.keys(part.files).filter((path) => path.endsWith('.ts')),
    );
    // A source may have the name that it has in the template.
    const mentions = (path: string) =>
      texts.flatMap((text) =>
        text
          .replaceAll(/source: '[^']*'/g, '')
          .split(`'${path}'`)
          .slice(1),
      ).length;
    expect(modules.filter((path) => mentions(path) !== 1)).toEqual([]);
  });
});
