import { templateModule } from '../../cases/template-module.ts';
import type * as figure from './figure.ts';
import type * as solution from './minimal-change.ts';
import type * as scores from './scores.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const minimalChange = {
  id: 'minimal-change',
  solution: templateModule<typeof solution>('introspection/minimal-change.ts'),
  scores: templateModule<typeof scores>('lib/scores.ts'),
  figure: templateModule<typeof figure>('lib/figures/minimal-change.ts'),
};
