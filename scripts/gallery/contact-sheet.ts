import { figure } from '../../reference/lib/picture/figure.ts';
import { savePicture } from '../../reference/lib/picture/files.ts';
import { drawShape } from '../../reference/lib/shapes/draw-shape.ts';
import { shapeClassNames } from '../../reference/lib/shapes/shape-classes.ts';
import { shapeRaster } from '../../reference/lib/shapes/shape-raster.ts';

export interface ContactSheetOptions {
  readonly seed: string;
  /** Pictures of each class. */
  readonly count: number;
  /** Pixels. */
  readonly size: number;
  readonly out: string;
}

/** Draws pictures of every class of the dataset with their names. */
export async function drawContactSheet({ seed, count, size, out }: ContactSheetOptions): Promise<void> {
  const sheet = figure({
    title: 'The ten classes of the shapes dataset',
    subtitle: `Seed ${seed}, ${size} × ${size} pixels. Each column shows one scene with the class exchanged.`,
    rows: shapeClassNames,
    panels: shapeClassNames.map((_, label) =>
      Array.from({ length: count }, (_, index) => ({
        picture: shapeRaster(drawShape({ seed, index, size, label })),
      })),
    ),
  });
  await savePicture(out, sheet);
  console.log(out);
}
