import { figure } from '../../reference/lib/picture/figure.ts';
import type { Raster } from '../../reference/lib/picture/raster.ts';
import { resize } from '../../reference/lib/picture/resize.ts';
import { landscape } from '../../reference/lib/shapes/landscape.ts';

export function resizing(): Raster {
  const large = landscape(384);
  const small = resize(large, { width: 48, height: 48, method: 'area' });
  const methods = ['nearest', 'area', 'bilinear'] as const;
  return figure({
    title: 'Resizing',
    columns: methods,
    rows: ['384 to 96 pixels', '48 to 192 pixels'],
    panels: [
      methods.map((method) => ({ picture: resize(large, { width: 96, height: 96, method }) })),
      methods.map((method) => ({ picture: resize(small, { width: 192, height: 192, method }) })),
    ],
    cell: 192,
  });
}
