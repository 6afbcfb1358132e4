import { templateModule } from '../../cases/template-module.ts';
import type * as solution from './clever-hans.ts';
import type * as figure from './figure.ts';
import type * as shapes from './marked-shapes.ts';
import type * as marks from './marks.ts';
import type * as network from './small-network.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const cleverHans = {
  id: 'clever-hans',
  solution: templateModule<typeof solution>('introspection/clever-hans.ts'),
  marks: templateModule<typeof marks>('lib/clever-hans/marks.ts'),
  shapes: templateModule<typeof shapes>('lib/clever-hans/marked-shapes.ts'),
  network: templateModule<typeof network>('lib/clever-hans/small-network.ts'),
  figure: templateModule<typeof figure>('lib/figures/clever-hans.ts'),
};
