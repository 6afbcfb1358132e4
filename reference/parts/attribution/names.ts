import { templateModule } from '../../cases/template-module.ts';
import type * as solution from './attribution.ts';
import type * as completeness from './completeness.ts';
import type * as figure from './figure.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const attribution = {
  id: 'attribution',
  solution: templateModule<typeof solution>('introspection/attribution.ts'),
  completeness: templateModule<typeof completeness>('lib/completeness.ts'),
  figure: templateModule<typeof figure>('lib/figures/attribution.ts'),
};
