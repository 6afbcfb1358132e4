import { assemble, i32, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';
import { overFloats } from './over-floats.ts';
import {
  addNarrowProducts,
  addPanelProducts,
  addScaledRows,
  packColumns,
  packLanes,
  packRows,
} from './panels.ts';
import type { PanelLoops } from './panels.ts';
import { maxPoolWindow, maxPoolWindow3x3 } from './pool-windows.ts';
import type { PoolLoops } from './pool-windows.ts';
import { chooseWords } from './choose.ts';
import type { ChooseLoop } from './choose.ts';
import { clamp } from './clamp.ts';
import type { ClampLoop } from './clamp.ts';
import { comparisons } from './comparisons.ts';
import type { ComparisonLoops } from './comparisons.ts';
import { rowOperations } from './row-operations.ts';
import type { RowLoops } from './row-operations.ts';
import {
  addColumnSums,
  addRowSums,
  addShortRowSums,
  storeQuotients,
  storeShortRowQuotients,
} from './sums.ts';
import type { SumLoops } from './sums.ts';
import { WebAssembly } from './web-assembly.ts';
import type { HeapMemory } from './web-assembly.ts';
import { multiplyWindows, multiplyWindowsNarrow } from './windows.ts';
import type { WindowLoops } from './windows.ts';

/**
 * Loops over the WASM heap, four floats at a time. All arguments are byte addresses, byte distances or counts;
 * addresses are multiples of 4.
 */
export interface SimdLoops
  extends ChooseLoop, ClampLoop, ComparisonLoops, PoolLoops, RowLoops, SumLoops, PanelLoops, WindowLoops {
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
  /** `dx = dy * step(x)` for `bytes` bytes of floats; a NaN in `x` gives NaN. */
  reluGradient(dy: number, x: number, dx: number, bytes: number): void;
}

const copyBlocks: FunctionSource = {
  name: 'copyBlocks',
  parameters: ['from', 'to', 'count', 'bytes', 'fromStride', 'toStride'],
  i32Variables: ['at', 'whole'],
  v128Variables: [],
  body: (names) => {
    const { get, set } = names;
    const place = (name: string): Code => i32.add(get(name), get('at'));
    return whileLoop(
      i32.lessThan(i32.const(0), get('count')),
      overFloats(names, {
        four: v128.store(place('to'), v128.load(place('from'))),
        one: i32.store(place('to'), i32.load(place('from'))),
      }),
      set('from', i32.add(get('from'), get('fromStride'))),
      set('to', i32.add(get('to'), get('toStride'))),
      set('count', i32.sub(get('count'), i32.const(1))),
    );
  },
};

const reluGradient: FunctionSource = {
  name: 'reluGradient',
  parameters: ['dy', 'x', 'dx', 'bytes'],
  i32Variables: ['at', 'whole'],
  v128Variables: ['one', 'value'],
  body: (names) => {
    const { get, set } = names;
    const step = v128.or(
      v128.and(v128.greater(get('value'), v128.zero), get('one')),
      v128.and(v128.notEqual(get('value'), get('value')), get('value')),
    );
    const place = (name: string): Code => i32.add(get(name), get('at'));
    const oneBits = 0x3f800000;
    return [
      ...set('one', v128.splatI32(i32.const(oneBits))),
      ...overFloats(names, {
        four: [
          ...set('value', v128.load(place('x'))),
          ...v128.store(place('dx'), v128.mul(v128.load(place('dy')), step)),
        ],
        one: [
          ...set('value', v128.loadSplat(place('x'))),
          ...v128.storeLane(place('dx'), v128.mul(v128.loadSplat(place('dy')), step)),
        ],
      }),
    ];
  },
};

/** The loops, compiled for one memory. */
export interface LoopsModule {
  readonly module: object;
  readonly memory: HeapMemory;
}

const functions = [
  copyBlocks,
  reluGradient,
  ...rowOperations,
  ...comparisons,
  chooseWords,
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
  addPanelProducts,
  addNarrowProducts,
  addScaledRows,
  multiplyWindows,
  multiplyWindowsNarrow,
];

/** Assembles the loops over a memory: some ten milliseconds in a fresh process. */
export function compileLoops(memory: HeapMemory): LoopsModule {
  const shared = !(memory.buffer instanceof ArrayBuffer);
  return { module: new WebAssembly.Module(assemble(functions, { shared })), memory };
}

export function instantiateLoops({ module, memory }: LoopsModule): SimdLoops {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as SimdLoops;
}
