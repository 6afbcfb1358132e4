import { templateModule } from '../../cases/template-module.ts';
import type * as figure from './figure.ts';
import type * as solution from './grad-cam.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const gradCam = {
  id: 'grad-cam',
  solution: templateModule<typeof solution>('visualizers/grad-cam.ts'),
  figure: templateModule<typeof figure>('lib/figures/grad-cam.ts'),
};
