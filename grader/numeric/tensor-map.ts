import { sizeOf, type TensorData } from '../format/tensor-data.ts';
import { cellsOf, eachValue, planeThrough, type Plane } from './plane.ts';
import { spreadOf, type Spread } from './spread.ts';
import { indexAt } from './tensor-layout.ts';

/** One tensor on one plane, a value for each cell, row by row. */
interface MappedTensor {
  readonly plane: Plane;
  readonly cells: Float32Array;
}

/** The value that is furthest off, of the whole tensor: on the plane. */
interface FurthestOff {
  readonly index: readonly number[];
  readonly cell: number;
  readonly expected: number;
  readonly received: number;
}

/** A picture of how two tensors differ, of bounded size: at most 64x64 cells whatever the tensors' sizes are. */
export interface TensorMap {
  readonly expected: MappedTensor;
  readonly received: MappedTensor;
  /**
   * `received - expected`, where the shapes agree: then both planes are one, and a cell that stands for several values
   * shows the one that is furthest off in all three.
   */
  readonly difference?: Float32Array;
  readonly worst?: FurthestOff;
  /** How many of the planes beside the one shown hold a value outside its tolerance, it included. */
  readonly planes?: { readonly count: number; readonly differing: number };
  /**
   * How many values are off by at most 1, 10, 100, 1000 times what is allowed, each counted once, then those beyond
   * and not finite.
   */
  readonly timesAllowed?: readonly number[];
  readonly spread?: Spread;
}

/** What is mapped, and how far apart values may be: `atol + rtol * |expected|`. */
export interface MappedPair {
  readonly expected: TensorData;
  readonly received: TensorData;
  readonly atol: number;
  readonly rtol: number;
}

/** A tensor with more values is not gone through again and again for a picture. */
const MOST_VALUES = 2 ** 20;

/** Undefined for numbers and empty tensors, of which there is nothing to draw, and for huge ones. */
export function mapTensors({ expected, received, atol, rtol }: MappedPair): TensorMap | undefined {
  const sizes = [expected, received].map(({ shape }) => sizeOf(shape));
  if (Math.max(...sizes) < 2 || Math.max(...sizes) > MOST_VALUES || Math.min(...sizes) === 0)
    return undefined;
  const spread = spreadOf({ expected: expected.data, received: received.data });
  const shown = spread === undefined ? {} : { spread };
  if (expected.shape.join() !== received.shape.join()) {
    return { expected: wholeMap(expected), received: wholeMap(received), ...shown };
  }
  const uses = usesOf({ expected, received, atol, rtol });
  const worst = furthestOff(uses);
  const plane = planeThrough({ shape: expected.shape, through: worst });
  const chosen = furthestOffs(plane, uses);
  const at = (tensor: TensorData): Float32Array => filled(chosen.length, (cell) => tensor.data[chosen[cell]]);
  return {
    expected: { plane, cells: at(expected) },
    received: { plane, cells: at(received) },
    difference: filled(chosen.length, (cell) => {
      const offset = chosen[cell];
      return uses[offset] === 0 ? 0 : received.data[offset] - expected.data[offset];
    }),
    worst: {
      index: indexAt({ offset: worst, shape: expected.shape }),
      cell: chosen.indexOf(worst),
      expected: expected.data[worst],
      received: received.data[worst],
    },
    planes: countPlanes(plane, uses),
    timesAllowed: countUses(uses),
    ...shown,
  };
}

function filled(length: number, valueOf: (cell: number) => number): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = valueOf(i);
  return values;
}

function wholeMap(tensor: TensorData): MappedTensor {
  const plane = planeThrough({ shape: tensor.shape, through: 0 });
  return { plane, cells: cellsOf(tensor, plane) };
}

/** For each value how many times the allowed difference it is off. */
function usesOf({ expected, received, atol, rtol }: MappedPair): Float64Array {
  const exact = expected.dtype !== 'float32';
  const uses = new Float64Array(expected.data.length);
  for (let i = 0; i < uses.length; i++) {
    const [x, y] = [received.data[i], expected.data[i]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    const difference = Math.abs(x - y);
    const allowed = exact ? 0 : atol + rtol * Math.abs(y);
    if (!Number.isFinite(difference)) uses[i] = Infinity;
    else uses[i] = allowed === 0 ? Number.MAX_VALUE : difference / allowed;
  }
  return uses;
}

function furthestOff(uses: Float64Array): number {
  let worst = 0;
  for (let i = 1; i < uses.length; i++) if (uses[i] > uses[worst]) worst = i;
  return worst;
}

/** For each cell of the plane the position of its value that is furthest off. */
function furthestOffs(plane: Plane, uses: Float64Array): Int32Array {
  const chosen = new Int32Array(plane.rows * plane.columns).fill(-1);
  eachValue(plane, (offset, cell) => {
    if (chosen[cell] < 0 || uses[offset] > uses[chosen[cell]]) chosen[cell] = offset;
  });
  return chosen;
}

function countPlanes(plane: Plane, uses: Float64Array): TensorMap['planes'] {
  const { shape, axes } = plane;
  const standing = axes.flatMap((at, axis) => (typeof at === 'number' ? [axis] : []));
  const strides = standing.map((axis) => sizeOf(shape.slice(axis + 1)));
  const differing = new Set<number>();
  for (let offset = 0; offset < uses.length; offset++) {
    if (uses[offset] <= 1) continue;
    // The plane's own position: where its running dimensions are 0.
    let start = 0;
    for (let i = 0; i < strides.length; i++)
      start += strides[i] * (Math.floor(offset / strides[i]) % shape[standing[i]]);
    differing.add(start);
  }
  return { count: sizeOf(standing.map((axis) => shape[axis])), differing: differing.size };
}

const LIMITS = [1, 10, 100, 1000, Infinity];

function countUses(uses: Float64Array): number[] {
  const counts = LIMITS.map(() => 0);
  for (const use of uses) counts[LIMITS.findIndex((limit) => use <= limit)]++;
  return counts;
}
