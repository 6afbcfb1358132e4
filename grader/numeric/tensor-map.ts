import { sizeOf, type TensorData } from '../format/tensor-data.ts';
import { cellsOf, offsetsIn, planeThrough, type Plane } from './plane.ts';
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

/** Undefined for numbers and empty tensors, of which there is nothing to draw. */
export function mapTensors({ expected, received, atol, rtol }: MappedPair): TensorMap | undefined {
  if (Math.max(sizeOf(expected.shape), sizeOf(received.shape)) < 2) return undefined;
  if (Math.min(sizeOf(expected.shape), sizeOf(received.shape)) === 0) return undefined;
  const spread = spreadOf({ expected: expected.data, received: received.data });
  const shown = spread === undefined ? {} : { spread };
  if (expected.shape.join() !== received.shape.join()) {
    return { expected: wholeMap(expected), received: wholeMap(received), ...shown };
  }
  const exact = expected.dtype !== 'float32';
  /** How many times the allowed difference a value is off. */
  const use = (offset: number): number => {
    const [x, y] = [received.data[offset], expected.data[offset]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return 0;
    const difference = Math.abs(x - y);
    if (!Number.isFinite(difference)) return Infinity;
    const allowed = exact ? 0 : atol + rtol * Math.abs(y);
    return allowed === 0 ? Number.MAX_VALUE : difference / allowed;
  };
  const worst = furthestOff(expected.data.length, use);
  const plane = planeThrough({ shape: expected.shape, through: worst });
  const chosen = furthestOffs(plane, use);
  const at = (tensor: TensorData): Float32Array => Float32Array.from(chosen, (offset) => tensor.data[offset]);
  return {
    expected: { plane, cells: at(expected) },
    received: { plane, cells: at(received) },
    difference: Float32Array.from(chosen, (offset) =>
      use(offset) === 0 ? 0 : received.data[offset] - expected.data[offset],
    ),
    worst: {
      index: indexAt({ offset: worst, shape: expected.shape }),
      cell: chosen.indexOf(worst),
      expected: expected.data[worst],
      received: received.data[worst],
    },
    planes: countPlanes(plane, expected.data.length, use),
    timesAllowed: countUses(expected.data.length, use),
    ...shown,
  };
}

function wholeMap(tensor: TensorData): MappedTensor {
  const plane = planeThrough({ shape: tensor.shape, through: 0 });
  return { plane, cells: cellsOf(tensor, plane) };
}

function furthestOff(size: number, use: (offset: number) => number): number {
  let worst = 0;
  let most = use(0);
  for (let offset = 1; offset < size; offset++) {
    const one = use(offset);
    if (one > most) [worst, most] = [offset, one];
  }
  return worst;
}

/** For each cell of the plane the position of its value that is furthest off. */
function furthestOffs(plane: Plane, use: (offset: number) => number): number[] {
  const chosen: number[] = [];
  const most = new Float64Array(plane.rows * plane.columns).fill(-1);
  for (const { offset, cell } of offsetsIn(plane)) {
    const one = use(offset);
    if (one > most[cell]) [chosen[cell], most[cell]] = [offset, one];
  }
  return chosen;
}

function countPlanes(plane: Plane, size: number, use: (offset: number) => number): TensorMap['planes'] {
  const { shape, axes } = plane;
  const standing = axes.flatMap((at, axis) => (typeof at === 'number' ? [axis] : []));
  const differing = new Set<string>();
  for (let offset = 0; offset < size; offset++) {
    if (use(offset) <= 1) continue;
    const index = indexAt({ offset, shape });
    differing.add(standing.map((axis) => index[axis]).join());
  }
  return { count: sizeOf(standing.map((axis) => shape[axis])), differing: differing.size };
}

const LIMITS = [1, 10, 100, 1000, Infinity];

function countUses(size: number, use: (offset: number) => number): number[] {
  const counts = LIMITS.map(() => 0);
  for (let offset = 0; offset < size; offset++) {
    const one = use(offset);
    counts[LIMITS.findIndex((limit) => one <= limit)]++;
  }
  return counts;
}
