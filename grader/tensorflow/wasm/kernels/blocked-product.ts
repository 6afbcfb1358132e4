import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import { panelLanes } from '../simd/panels.ts';

/** A matrix of floats as it lies in the heap: an address, and the bytes from a row or column to the next. */
export interface HeapMatrix {
  readonly address: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** `[rows, inner]` times `[inner, columns]`. */
export interface Product {
  readonly left: HeapMatrix;
  readonly right: HeapMatrix;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** Where a product goes: row by row from element `offset` of a float32 tensor on. */
export interface Destination {
  readonly result: TensorInfo;
  readonly offset: number;
}

/** So many terms are added up in float32 before their sum goes to a float64. */
const block = 128;
/** Rows and columns of the result that are computed together. */
const tile = 512;
/** With fewer rows, packing the right factor would take longer than multiplying it. */
const fewRows = panelLanes;
/** Rows of the corner that a panel product computes. */
const cornerRows = panelLanes;

const floatBytes = 4;
const doubleBytes = 8;

function addressOf(backend: FastWasmBackend, { dataId }: TensorInfo): number {
  return backend.getMemoryOffset(dataId);
}

/** A view of the doubles of a tensor that was made as pairs of floats. */
function doubles(backend: FastWasmBackend, tensor: TensorInfo): Float64Array<ArrayBufferLike> {
  const { buffer, byteOffset, length } = backend.floats(tensor);
  return new Float64Array(buffer, byteOffset, length / 2);
}

function withScratch<Names extends string>(
  backend: FastWasmBackend,
  floats: Record<Names, number>,
  use: (scratch: Record<Names, TensorInfo>) => void,
): void {
  const scratch = {} as Record<Names, TensorInfo>;
  for (const name in floats) scratch[name] = backend.makeOutput([floats[name]], 'float32');
  use(scratch);
  for (const name in floats) backend.disposeData(scratch[name].dataId);
}

/** Rows or columns of a factor, `width` of them and `laneStride` apart, in `depth` steps that are `stride` apart. */
interface Block {
  readonly from: number;
  readonly width: number;
  readonly laneStride: number;
  readonly depth: number;
  readonly stride: number;
}

function pack({ loops }: FastWasmBackend, source: Block, to: number): void {
  const { from, width, laneStride, depth, stride } = source;
  const together = laneStride === floatBytes ? Math.floor(width / panelLanes) : 0;
  loops.packColumns(from, to, depth, stride, together);
  for (let lane = together * panelLanes; lane < width; lane += panelLanes) {
    const lanes = Math.min(panelLanes, width - lane);
    loops.packLanes(
      from + lane * laneStride,
      to + lane * depth * floatBytes,
      depth,
      stride,
      lanes,
      laneStride,
    );
  }
}

/** Multiplies tile by tile, each in corners of 4x8, from packed panels. */
function multiplyTiles(backend: FastWasmBackend, product: Product, { result, offset }: Destination): void {
  const { left, right, rows, inner, columns } = product;
  const narrow = columns <= panelLanes;
  const cornerColumns = narrow ? panelLanes : 2 * panelLanes;
  const multiply = narrow ? backend.loops.addNarrowProduct : backend.loops.addPanelProduct;
  const roundUp = (length: number, step: number): number => Math.ceil(Math.min(length, tile) / step) * step;
  const sides = { height: roundUp(rows, cornerRows), width: roundUp(columns, cornerColumns) };
  const sizes = {
    left: block * sides.height,
    right: block * sides.width,
    sums: 2 * sides.height * sides.width,
  };
  withScratch(backend, sizes, (scratch) => {
    const leftAt = addressOf(backend, scratch.left);
    const rightAt = addressOf(backend, scratch.right);
    const sums = doubles(backend, scratch.sums);
    const floats = backend.floats(result);
    // What fills a panel up is multiplied though never read: numbers too small for float32 would be slow.
    backend.floats(scratch.left).fill(0);
    backend.floats(scratch.right).fill(0);
    for (let row = 0; row < rows; row += tile) {
      const height = Math.min(tile, rows - row);
      for (let column = 0; column < columns; column += tile) {
        const width = Math.min(tile, columns - column);
        sums.fill(0);
        for (let k = 0; k < inner; k += block) {
          const depth = Math.min(block, inner - k);
          const leftFrom = left.address + row * left.rowStride + k * left.columnStride;
          const rightFrom = right.address + k * right.rowStride + column * right.columnStride;
          pack(
            backend,
            { from: leftFrom, width: height, laneStride: left.rowStride, depth, stride: left.columnStride },
            leftAt,
          );
          pack(
            backend,
            { from: rightFrom, width, laneStride: right.columnStride, depth, stride: right.rowStride },
            rightAt,
          );
          let to = sums.byteOffset;
          for (let y = 0; y < height; y += cornerRows) {
            for (let x = 0; x < width; x += cornerColumns) {
              const panel = leftAt + y * depth * floatBytes;
              multiply(panel, rightAt + x * depth * floatBytes, to, depth);
              to += cornerRows * cornerColumns * doubleBytes;
            }
          }
        }
        const across = Math.ceil(width / cornerColumns);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const corner = Math.floor(y / cornerRows) * across + Math.floor(x / cornerColumns);
            const place = (corner * cornerRows + (y % cornerRows)) * cornerColumns + (x % cornerColumns);
            floats[offset + (row + y) * columns + column + x] = sums[place];
          }
        }
      }
    }
  });
}

/** Multiplies row by row, reading the right factor as it lies. */
function multiplyRows(backend: FastWasmBackend, product: Product, { result, offset }: Destination): void {
  const { left, right, rows, inner, columns } = product;
  withScratch(backend, { partial: columns, sums: 2 * columns }, (scratch) => {
    const partial = backend.floats(scratch.partial);
    const sums = doubles(backend, scratch.sums);
    for (let row = 0; row < rows; row++) {
      sums.fill(0);
      for (let k = 0; k < inner; k += block) {
        partial.fill(0);
        backend.loops.addScaledRows(
          left.address + row * left.rowStride + k * left.columnStride,
          left.columnStride,
          right.address + k * right.rowStride,
          right.rowStride,
          partial.byteOffset,
          Math.min(block, inner - k),
          columns * floatBytes,
        );
        backend.loops.addColumnSums(partial.byteOffset, sums.byteOffset, 1, 1, columns * floatBytes);
      }
      backend.floats(result).set(sums, offset + row * columns);
    }
  });
}

/**
 * A matrix product whose error does not grow with the length of the inner axis: blocks of it are added up in
 * float64, in an order that depends on the shape alone. Packed as in Goto & van de Geijn, "Anatomy of
 * high-performance matrix multiplication" (2008).
 */
export function multiplyInBlocks(backend: FastWasmBackend, product: Product, to: Destination): void {
  const readable = product.right.columnStride === floatBytes;
  if (product.rows < fewRows && readable) multiplyRows(backend, product, to);
  else multiplyTiles(backend, product, to);
}
