import { integers } from '../../../grader/format/literals.ts';
import { result } from '../../cases/arguments.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { embedded } from '../../cases/models.ts';
import { shapesOf } from '../../cases/pictures.ts';
import { saliencyVariants } from './names.ts';
import { callsOf, type Variants } from './small-cases.ts';

/** The embedded network on drawn shapes. */
export function networkCase(
  labels: readonly number[],
  side: number,
  variants: Variants,
  { drawn }: { readonly drawn: boolean },
): CaseRecipe {
  return ({ seed }) => {
    const pictures = shapesOf(labels, { seed, size: side });
    const rows = Object.entries(variants).map(([name, { sign }]) => ({
      record: {
        label: { json: name },
        maps: result(name),
        as: { json: sign === 'signed' ? 'signed' : 'magnitude' },
      },
    }));
    const classNames = { json: labels.map((label) => `class ${label}`) };
    const picture = saliencyVariants.figure.call('picture', 'saliencyVariantsPicture', [
      pictures,
      classNames,
      { list: rows },
    ]);
    return {
      inputs: { labels: integers(labels) },
      calls: callsOf(variants, pictures, embedded('standard')),
      derived: drawn ? [picture] : [],
    };
  };
}
