import { drawShape } from '../../reference/lib/shapes/draw-shape.ts';
import { shapeClassNames } from '../../reference/lib/shapes/shape-classes.ts';

/** Pictures of the stream `gallery` that show five classes. */
export const sceneIndices = [1, 2, 3, 5, 8];
export const sceneSize = 64;

/** The scenes that several pictures of the gallery show, and the names of their classes. */
export function galleryScenes(size = sceneSize) {
  const scenes = sceneIndices.map((index) => drawShape({ seed: 'gallery', index, size }));
  return { scenes, names: scenes.map(({ label }) => shapeClassNames[label]) };
}
