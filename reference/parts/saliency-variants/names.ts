import { templateModule } from '../../cases/template-module.ts';
import type * as figure from './figure.ts';
import type * as solution from './saliency-variants.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const saliencyVariants = {
  id: 'saliency-variants',
  solution: templateModule<typeof solution>('introspection/saliency-variants.ts'),
  figure: templateModule<typeof figure>('lib/figures/saliency-variants.ts'),
};
