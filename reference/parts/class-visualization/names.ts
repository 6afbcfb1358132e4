import { templateModule } from '../../cases/template-module.ts';
import type * as solution from './class-visualization.ts';
import type * as figure from './figure.ts';
import type * as watched from './watched-climb.ts';

/** The part's id, from which its random inputs derive too, and its modules by their places in the template. */
export const classVisualization = {
  id: 'class-visualization',
  solution: templateModule<typeof solution>('visualizers/class-visualization.ts'),
  watched: templateModule<typeof watched>('lib/ascent/watched-climb.ts'),
  figure: templateModule<typeof figure>('lib/figures/class-visualization.ts'),
};
