import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from '../fast-wasm-backend.ts';
import type { LoopCall } from '../simd/loop-threads.ts';
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

/** A product of more terms is worth adding up in blocks: XNNPACK adds one float32 after another. */
export const longestSum = 256;
/** So many terms are added up in float32 before their sum goes to a float64. */
const block = 128;
/** Rows and columns of the result that are computed together. */
const tile = 512;
/** With fewer rows and as many columns, packing the right factor would take longer than multiplying it. */
const fewRows = panelLanes;
const manyColumns = 128;
/** Rows and columns of the corner that a panel product computes. */
const cornerRows = panelLanes;
const cornerColumns = 2 * panelLanes;
/** Steps of a panel that lie no further apart, in bytes, are read as fast as packed ones. */
const nearby = 256;

const floatBytes = 4;
const doubleBytes = 8;
const panelBytes = panelLanes * floatBytes;

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

/** Where the panels of a block begin, the bytes from a panel to the next, and from a step to the next. */
interface Panels {
  readonly from: number;
  readonly apart: number;
  readonly step: number;
}

/** The panels of a block, packed to `to` unless they can be read as they lie. */
function panelsOf({ loops }: FastWasmBackend, block: Block, to: number): Panels {
  const { from, width, laneStride, depth, stride } = block;
  const contiguous = laneStride === floatBytes;
  if (contiguous && width % panelLanes === 0 && stride <= nearby) {
    return { from, apart: panelBytes, step: stride };
  }
  const together = contiguous ? Math.floor(width / panelLanes) : 0;
  loops.packColumns(from, to, depth, stride, together);
  const apart = depth * panelBytes;
  for (let panel = together; panel * panelLanes < width; panel++) {
    const lane = panel * panelLanes;
    const lanes = Math.min(panelLanes, width - lane);
    const [source, target] = [from + lane * laneStride, to + panel * apart];
    let done = 0;
    if (contiguous) {
      // What lies beyond the columns fills the panel up, as long as it belongs to the matrix.
      done = Math.max(0, Math.floor(((depth - 1) * stride + lanes * floatBytes - panelBytes) / stride) + 1);
      loops.packColumns(source, target, done, stride, 1);
    } else if (lanes === panelLanes && stride === floatBytes) {
      const steps = Math.floor(depth / panelLanes);
      done = steps * panelLanes;
      loops.packRows(source, target, steps, laneStride);
    }
    const rest = target + done * panelBytes;
    loops.packLanes(source + done * stride, rest, depth - done, stride, lanes, laneStride);
  }
  return { from: to, apart, step: panelBytes };
}

/** Multiplies tile by tile, each in corners of 4x8, panel by panel. */
function multiplyTiles(backend: FastWasmBackend, product: Product, { result, offset }: Destination): void {
  const { left, right, rows, inner, columns } = product;
  const roundUp = (length: number, step: number): number => Math.ceil(Math.min(length, tile) / step) * step;
  const [tall, across] = [roundUp(rows, cornerRows), roundUp(columns, cornerColumns)];
  const sizes = { left: block * tall, right: block * across, sums: 2 * tall * across };
  withScratch(backend, sizes, (scratch) => {
    const [leftAt, rightAt] = [addressOf(backend, scratch.left), addressOf(backend, scratch.right)];
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
          const leftBlock: Block = {
            from: left.address + row * left.rowStride + k * left.columnStride,
            width: height,
            laneStride: left.rowStride,
            depth,
            stride: left.columnStride,
          };
          const rightBlock: Block = {
            from: right.address + k * right.rowStride + column * right.columnStride,
            width,
            laneStride: right.columnStride,
            depth,
            stride: right.rowStride,
          };
          addCorners(
            backend,
            { left: panelsOf(backend, leftBlock, leftAt), right: panelsOf(backend, rightBlock, rightAt) },
            { height, width, depth, to: sums.byteOffset, toStride: across * doubleBytes },
          );
        }
        for (let y = 0; y < height; y++) {
          const line = sums.subarray(y * across, y * across + width);
          floats.set(line, offset + (row + y) * columns + column);
        }
      }
    }
  });
}

/** Adds the product of two blocks to the sums of a tile, four rows of it a call. */
function addCorners(
  { threads }: FastWasmBackend,
  { left, right }: { left: Panels; right: Panels },
  tile: { height: number; width: number; depth: number; to: number; toStride: number },
): void {
  // A corner of which one panel would be empty is a narrow one.
  const wide = Math.floor((tile.width + panelLanes - 1) / cornerColumns);
  const done = wide * cornerColumns;
  const calls: LoopCall[] = [];
  for (let y = 0; y < tile.height; y += cornerRows) {
    const call = (loop: LoopCall['loop'], x: number, count: number): LoopCall => ({
      loop,
      parameters: [
        left.from + (y / panelLanes) * left.apart,
        left.step,
        right.from + (x / panelLanes) * right.apart,
        right.step,
        right.apart,
        tile.to + y * tile.toStride + x * doubleBytes,
        tile.toStride,
        tile.depth,
        count,
      ],
    });
    if (wide > 0) calls.push(call('addPanelProducts', 0, wide));
    if (done < tile.width) calls.push(call('addNarrowProducts', done, 1));
  }
  threads.runProducts(calls, tile.height * tile.width * tile.depth);
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
  const { rows, columns, right } = product;
  const asItLies = rows < fewRows && columns >= manyColumns && right.columnStride === floatBytes;
  if (asItLies) multiplyRows(backend, product, to);
  else multiplyTiles(backend, product, to);
}
