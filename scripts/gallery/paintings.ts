import { figure } from '../../reference/lib/picture/figure.ts';
import type { Raster } from '../../reference/lib/picture/raster.ts';
import { landscape } from '../../reference/lib/shapes/landscape.ts';
import { styles } from '../../reference/lib/shapes/styles.ts';

export function paintings(): Raster {
  const pictures = [{ name: 'landscape (content)', paint: landscape }, ...styles];
  return figure({
    title: 'Content and style pictures',
    columns: pictures.map(({ name }) => name),
    rows: ['224 pixels', '64 pixels'],
    panels: [224, 64].map((size) => pictures.map(({ paint }) => ({ picture: paint(size) }))),
    cell: 224,
  });
}
