import type { TensorData } from '../format/tensor-data.ts';
import { indexAt } from './tensor-layout.ts';

/** Most cells along a side of a map: what a page shows and what it weighs. */
const MAX_CELLS = 64;

/** A plane through a tensor: two dimensions run, the others stand still. */
export interface Plane {
  /** Of the whole tensor. */
  readonly shape: readonly number[];
  /** One entry a dimension: `down` and `across` run, a number is where the plane lies. */
  readonly axes: readonly ('down' | 'across' | number)[];
  /** Values along the two dimensions; 1 where the tensor has no such dimension. */
  readonly height: number;
  readonly width: number;
  /** Values along a cell's side: a cell stands for a square block of them, for one where this is 1. */
  readonly block: number;
  /** Cells along both dimensions, at most {@link MAX_CELLS}. */
  readonly rows: number;
  readonly columns: number;
}

/**
 * The plane through an element that shows most of a tensor: along its two longest dimensions, of equal ones the
 * earlier, so that the height and width of images are preferred to their batch and channels. A vector is one row.
 *
 * @param through row-major position of the element
 */
export function planeThrough({ shape, through }: { shape: readonly number[]; through: number }): Plane {
  const longest = shape
    .map((side, axis) => ({ side, axis }))
    .filter(({ side }) => side > 1)
    .sort((a, b) => b.side - a.side || a.axis - b.axis)
    .slice(0, 2)
    .map(({ axis }) => axis)
    .sort((a, b) => a - b);
  const across = longest.at(-1);
  const down = longest.length > 1 ? longest[0] : undefined;
  const index = indexAt({ offset: through, shape });
  const [height, width] = [down, across].map((axis) => (axis === undefined ? 1 : shape[axis]));
  const block = Math.ceil(Math.max(height, width) / MAX_CELLS);
  return {
    shape,
    axes: index.map((at, axis) => (axis === down ? 'down' : axis === across ? 'across' : at)),
    height,
    width,
    block,
    rows: Math.ceil(height / block),
    columns: Math.ceil(width / block),
  };
}

/** Hands on the row-major positions of a plane's values, row by row, with the cell that stands for each. */
export function eachValue(plane: Plane, take: (offset: number, cell: number) => void): void {
  const { shape, axes, height, width, block, columns } = plane;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const strideOf = (which: 'down' | 'across'): number => strides[axes.indexOf(which)] ?? 0;
  const [down, across] = [strideOf('down'), strideOf('across')];
  const start = axes.reduce<number>((sum, at, i) => sum + (typeof at === 'number' ? at * strides[i] : 0), 0);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / block);
    for (let x = 0; x < width; x++)
      take(start + y * down + x * across, row * columns + Math.floor(x / block));
  }
}

/** A tensor's values on a plane, one a cell: of several the largest in size, of any NaN the NaN. */
export function cellsOf({ data }: TensorData, plane: Plane): Float32Array {
  const cells = new Float32Array(plane.rows * plane.columns);
  eachValue(plane, (offset, cell) => {
    const value = data[offset];
    if (Number.isNaN(value) || Math.abs(value) > Math.abs(cells[cell])) cells[cell] = value;
  });
  return cells;
}
