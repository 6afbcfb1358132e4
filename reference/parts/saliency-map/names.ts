import { templateModule } from '../../cases/template-module.ts';
import type * as figure from './figure.ts';
import type * as solution from './saliency-map.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const saliencyMap = {
  id: 'saliency-map',
  solution: templateModule<typeof solution>('visualizers/saliency-map.ts'),
  figure: templateModule<typeof figure>('lib/figures/saliency-map.ts'),
};
