import { templateModule } from '../../cases/template-module.ts';
import type * as solution from './tv-loss.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const tvLoss = {
  id: 'tv-loss',
  solution: templateModule<typeof solution>('style-modules/tv-loss.ts'),
};
