import { templateModule } from '../../cases/template-module.ts';
import type * as solution from './contrastive.ts';
import type * as figure from './figure.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const contrastive = {
  id: 'contrastive',
  solution: templateModule<typeof solution>('introspection/contrastive.ts'),
  figure: templateModule<typeof figure>('lib/figures/contrastive.ts'),
};
