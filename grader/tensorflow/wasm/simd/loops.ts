import { assemble, i32, v128, whileLoop } from './assembler.ts';
import type { FunctionSource } from './assembler.ts';
import {
  addNarrowProduct,
  addPanelProduct,
  addScaledRows,
  packColumns,
  packLanes,
  packRows,
} from './panels.ts';
import type { PanelLoops } from './panels.ts';
import { clamp } from './clamp.ts';
import type { ClampLoop } from './clamp.ts';
import {
  addColumnSums,
  addRowSums,
  addShortRowSums,
  storeQuotients,
  storeShortRowQuotients,
} from './sums.ts';
import type { SumLoops } from './sums.ts';
import { multiplyWindows, multiplyWindowsNarrow } from './windows.ts';
import type { WindowLoops } from './windows.ts';

/**
 * Loops over the WASM heap, four floats at a time. All arguments are byte addresses, byte distances or counts;
 * addresses are multiples of 4.
 */
export interface SimdLoops extends ClampLoop, SumLoops, PanelLoops, WindowLoops {
  /**
   * Copies `count` blocks of `bytes` bytes (a multiple of 4), the starts of which lie `fromStride` and `toStride`
   * apart.
   */
  copyBlocks(
    from: number,
    to: number,
    count: number,
    bytes: number,
    fromStride: number,
    toStride: number,
  ): void;
  /** Adds the floats at `row` to each of `count` rows of `bytes` bytes that follow one another. */
  addRow(from: number, row: number, to: number, count: number, bytes: number): void;
  /** `dx = dy * step(x)` for `bytes` bytes of floats; a NaN in `x` gives NaN. */
  reluGradient(dy: number, x: number, dx: number, bytes: number): void;
  /**
   * Adds a pooling window's `dy` (`depthBytes`, a multiple of 16) to the places in `dx` that hold the first
   * largest value of `x`. `x` and `dx` are the addresses of the window's first pixel.
   */
  maxPoolWindow(
    x: number,
    dx: number,
    dy: number,
    rows: number,
    columns: number,
    rowStride: number,
    depthBytes: number,
  ): void;
  /** The same for a window of three rows and columns, the usual one. */
  maxPoolWindow3x3(x: number, dx: number, dy: number, rowStride: number, depthBytes: number): void;
}

const copyBlocks: FunctionSource = {
  name: 'copyBlocks',
  parameters: ['from', 'to', 'count', 'bytes', 'fromStride', 'toStride'],
  i32Variables: ['at', 'whole'],
  v128Variables: [],
  body: ({ get, set }) => [
    ...set('whole', i32.sub(get('bytes'), i32.const(15))),
    ...whileLoop(
      i32.lessThan(i32.const(0), get('count')),
      set('at', i32.const(0)),
      whileLoop(
        i32.lessThan(get('at'), get('whole')),
        v128.store(i32.add(get('to'), get('at')), v128.load(i32.add(get('from'), get('at')))),
        set('at', i32.add(get('at'), i32.const(16))),
      ),
      whileLoop(
        i32.lessThan(get('at'), get('bytes')),
        i32.store(i32.add(get('to'), get('at')), i32.load(i32.add(get('from'), get('at')))),
        set('at', i32.add(get('at'), i32.const(4))),
      ),
      set('from', i32.add(get('from'), get('fromStride'))),
      set('to', i32.add(get('to'), get('toStride'))),
      set('count', i32.sub(get('count'), i32.const(1))),
    ),
  ],
};

const addRow: FunctionSource = {
  name: 'addRow',
  parameters: ['from', 'row', 'to', 'count', 'bytes'],
  i32Variables: ['at', 'whole'],
  v128Variables: [],
  body: ({ get, set }) => {
    const place = (name: string): readonly number[] => i32.add(get(name), get('at'));
    return [
      ...set('whole', i32.sub(get('bytes'), i32.const(15))),
      ...whileLoop(
        i32.lessThan(i32.const(0), get('count')),
        set('at', i32.const(0)),
        whileLoop(
          i32.lessThan(get('at'), get('whole')),
          v128.store(place('to'), v128.add(v128.load(place('from')), v128.load(place('row')))),
          set('at', i32.add(get('at'), i32.const(16))),
        ),
        whileLoop(
          i32.lessThan(get('at'), get('bytes')),
          v128.storeLane(place('to'), v128.add(v128.load32(place('from')), v128.load32(place('row')))),
          set('at', i32.add(get('at'), i32.const(4))),
        ),
        set('from', i32.add(get('from'), get('bytes'))),
        set('to', i32.add(get('to'), get('bytes'))),
        set('count', i32.sub(get('count'), i32.const(1))),
      ),
    ];
  },
};

const reluGradient: FunctionSource = {
  name: 'reluGradient',
  parameters: ['dy', 'x', 'dx', 'bytes'],
  i32Variables: ['at', 'whole'],
  v128Variables: ['one', 'value'],
  body: ({ get, set }) => {
    const step = v128.or(
      v128.and(v128.greater(get('value'), v128.zero), get('one')),
      v128.and(v128.notEqual(get('value'), get('value')), get('value')),
    );
    const place = (name: string): readonly number[] => i32.add(get(name), get('at'));
    const oneBits = 0x3f800000;
    return [
      ...set('one', v128.splatI32(i32.const(oneBits))),
      ...set('whole', i32.sub(get('bytes'), i32.const(15))),
      ...whileLoop(
        i32.lessThan(get('at'), get('whole')),
        set('value', v128.load(place('x'))),
        v128.store(place('dx'), v128.mul(v128.load(place('dy')), step)),
        set('at', i32.add(get('at'), i32.const(16))),
      ),
      ...whileLoop(
        i32.lessThan(get('at'), get('bytes')),
        set('value', v128.loadSplat(place('x'))),
        v128.storeLane(place('dx'), v128.mul(v128.loadSplat(place('dy')), step)),
        set('at', i32.add(get('at'), i32.const(4))),
      ),
    ];
  },
};

const minusInfinity = v128.splatI32(i32.const(0xff800000 | 0));

const maxPoolWindow: FunctionSource = {
  name: 'maxPoolWindow',
  parameters: ['x', 'dx', 'dy', 'rows', 'columns', 'rowStride', 'depthBytes'],
  i32Variables: ['channel', 'row', 'rowAt', 'at', 'end', 'tap'],
  v128Variables: ['largest', 'place', 'value', 'larger'],
  body: ({ get, set }) => {
    /** Visits the window's pixels in row-major order, counting them in `tap`. */
    const overWindow = (...visit: (readonly number[])[]): readonly number[] => [
      ...set('tap', i32.const(0)),
      ...set('row', i32.const(0)),
      ...set('rowAt', get('channel')),
      ...whileLoop(
        i32.lessThan(get('row'), get('rows')),
        set('at', get('rowAt')),
        set('end', i32.add(get('rowAt'), i32.mul(get('columns'), get('depthBytes')))),
        whileLoop(
          i32.lessThan(get('at'), get('end')),
          ...visit,
          set('tap', i32.add(get('tap'), i32.const(1))),
          set('at', i32.add(get('at'), get('depthBytes'))),
        ),
        set('rowAt', i32.add(get('rowAt'), get('rowStride'))),
        set('row', i32.add(get('row'), i32.const(1))),
      ),
    ];
    return whileLoop(
      i32.lessThan(get('channel'), get('depthBytes')),
      set('largest', minusInfinity),
      set('place', v128.splatI32(i32.const(-1))),
      overWindow(
        set('value', v128.load(i32.add(get('x'), get('at')))),
        set('larger', v128.greater(get('value'), get('largest'))),
        set('largest', v128.select(get('value'), get('largest'), get('larger'))),
        set('place', v128.select(v128.splatI32(get('tap')), get('place'), get('larger'))),
      ),
      set('value', v128.load(i32.add(get('dy'), get('channel')))),
      overWindow(
        v128.store(
          i32.add(get('dx'), get('at')),
          v128.add(
            v128.load(i32.add(get('dx'), get('at'))),
            v128.and(get('value'), v128.equalI32(get('place'), v128.splatI32(get('tap')))),
          ),
        ),
      ),
      set('channel', i32.add(get('channel'), i32.const(16))),
    );
  },
};

/** As `maxPoolWindow`, unrolled: each input is read once, and the first one that equals the largest takes it all. */
const maxPoolWindow3x3: FunctionSource = {
  name: 'maxPoolWindow3x3',
  parameters: ['x', 'dx', 'dy', 'rowStride', 'depthBytes'],
  i32Variables: ['channel', 'first', 'second', 'third'],
  v128Variables: [
    ...Array.from({ length: 9 }, (_, tap) => `value${tap}`),
    'largest',
    'open',
    'hit',
    'passed',
  ],
  body: ({ get, set }) => {
    const taps = ['first', 'second', 'third'].flatMap((row, y) => {
      const depth = get('depthBytes');
      const starts = [get(row), i32.add(get(row), depth), i32.add(i32.add(get(row), depth), depth)];
      return starts.map((at, x) => ({ at, value: `value${3 * y + x}` }));
    });
    return whileLoop(
      i32.lessThan(get('channel'), get('depthBytes')),
      set('first', get('channel')),
      set('second', i32.add(get('first'), get('rowStride'))),
      set('third', i32.add(get('second'), get('rowStride'))),
      set('largest', minusInfinity),
      ...taps.flatMap(({ at, value }) => [
        set(value, v128.load(i32.add(get('x'), at))),
        set('largest', v128.pseudoMax(get('largest'), get(value))),
      ]),
      set('open', v128.greater(get('largest'), minusInfinity)),
      set('passed', v128.load(i32.add(get('dy'), get('channel')))),
      ...taps.flatMap(({ at, value }) => [
        set('hit', v128.and(v128.equal(get(value), get('largest')), get('open'))),
        set('open', v128.andNot(get('open'), get('hit'))),
        v128.store(
          i32.add(get('dx'), at),
          v128.add(v128.load(i32.add(get('dx'), at)), v128.and(get('passed'), get('hit'))),
        ),
      ]),
      set('channel', i32.add(get('channel'), i32.const(16))),
    );
  },
};

/** A WebAssembly memory; TypeScript declares it only for browsers. */
export interface HeapMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

/** The loops, compiled for one memory. */
export interface LoopsModule {
  readonly module: object;
  readonly memory: HeapMemory;
}

interface WebAssemblyNamespace {
  readonly Module: new (binary: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: HeapMemory } },
  ) => { readonly exports: object };
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyNamespace };

const functions = [
  copyBlocks,
  addRow,
  reluGradient,
  maxPoolWindow,
  maxPoolWindow3x3,
  clamp,
  addRowSums,
  addShortRowSums,
  addColumnSums,
  storeQuotients,
  storeShortRowQuotients,
  packColumns,
  packRows,
  packLanes,
  addPanelProduct,
  addNarrowProduct,
  addScaledRows,
  multiplyWindows,
  multiplyWindowsNarrow,
];

/** Assembles the loops over a memory; takes about a millisecond. */
export function compileLoops(memory: HeapMemory): LoopsModule {
  const shared = !(memory.buffer instanceof ArrayBuffer);
  return { module: new WebAssembly.Module(assemble(functions, { shared })), memory };
}

export function instantiateLoops({ module, memory }: LoopsModule): SimdLoops {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as SimdLoops;
}
