import { templateModule } from '../../cases/template-module.ts';
import type * as solution from './content-loss.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const contentLoss = {
  id: 'content-loss',
  solution: templateModule<typeof solution>('style-modules/content-loss.ts'),
};
