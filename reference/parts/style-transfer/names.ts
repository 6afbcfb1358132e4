import { templateModule } from '../../cases/template-module.ts';
import type * as solution from './style-transfer.ts';
import type * as picture from './stylized-picture.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const styleTransfer = {
  id: 'style-transfer',
  solution: templateModule<typeof solution>('style-transfer.ts'),
  picture: templateModule<typeof picture>('lib/style-transfer/stylized-picture.ts'),
};
