import { templateModule } from '../../cases/template-module.ts';
import type * as solution from './activation-maximization.ts';
import type * as figure from './figure.ts';
import type * as pixels from './pixels.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const activationMaximization = {
  id: 'activation-maximization',
  solution: templateModule<typeof solution>('introspection/activation-maximization.ts'),
  pixels: templateModule<typeof pixels>('lib/ascent/pixels.ts'),
  figure: templateModule<typeof figure>('lib/figures/activation-maximization.ts'),
};
