import { result } from '../../cases/arguments.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import type { PairRole } from '../../cases/pair-role.ts';
import { saliencyVariants } from './names.ts';
import { callsOf, type Variants } from './small-cases.ts';

/** A deep network on pictures. */
export function networkCase(
  { standard, imagesFor, longCall }: PairRole,
  labels: readonly number[],
  side: number,
  variants: Variants,
  { drawn }: { readonly drawn: boolean },
): CaseRecipe {
  return ({ seed }) => {
    const { images: pictures, labels: explained } = imagesFor({ seed, size: side, labels });
    const rows = Object.entries(variants).map(([name, { sign }]) => ({
      record: {
        label: { json: name },
        maps: result(name),
        as: { json: sign === 'signed' ? 'signed' : 'magnitude' },
      },
    }));
    const classNames = { json: Array.from(explained.data, (label) => `class ${label}`) };
    const picture = saliencyVariants.figure.call('picture', 'saliencyVariantsPicture', [
      pictures,
      classNames,
      { list: rows },
    ]);
    return {
      inputs: { labels: explained },
      calls: callsOf(variants, pictures, standard.model, longCall),
      derived: drawn ? [picture] : [],
    };
  };
}
