import { f64x2, i32, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';

/** Rows or columns of a factor that are packed together. */
export const panelLanes = 4;

/** Products of narrow panels of two matrices: what a blocked matrix product is made of. */
export interface PanelLoops {
  /**
   * Packs `panels` panels of four columns each that lie side by side in `depth` rows, `stride` bytes apart: each
   * panel becomes `depth` groups of four floats, one panel after the other.
   */
  packColumns(from: number, to: number, depth: number, stride: number, panels: number): void;
  /** Packs one panel of four rows, `laneStride` bytes apart, of `steps` times four floats that follow one another. */
  packRows(from: number, to: number, steps: number, laneStride: number): void;
  /** Packs one panel of `lanes` rows or columns, at most four, that lie `laneStride` bytes apart. */
  packLanes(from: number, to: number, depth: number, stride: number, lanes: number, laneStride: number): void;
  /**
   * Adds to 4x8 doubles, the rows of which lie `toStride` apart from `to` on, the product of a panel of the left
   * factor and two of the right one, `second` bytes apart; each element is itself a float32 sum of `depth` terms in
   * their order. The four floats of a step of a panel lie `leftStep` or `rightStep` after those of the step before.
   * Then the same with the next two panels of the right factor, and the 4x8 doubles beside, `count` times in all.
   */
  addPanelProducts(
    left: number,
    leftStep: number,
    right: number,
    rightStep: number,
    second: number,
    to: number,
    toStride: number,
    depth: number,
    count: number,
  ): void;
  /** The same with one panel of the right factor at a time: 4x4 doubles. */
  addNarrowProducts(
    left: number,
    leftStep: number,
    right: number,
    rightStep: number,
    second: number,
    to: number,
    toStride: number,
    depth: number,
    count: number,
  ): void;
  /** Adds to the floats at `to` `depth` rows of `bytes` bytes, each times a float of `left`, one row after another. */
  addScaledRows(
    left: number,
    leftStride: number,
    right: number,
    rightStride: number,
    to: number,
    depth: number,
    bytes: number,
  ): void;
}

const floatBytes = 4;
const vectorBytes = 4 * floatBytes;
const doubleBytes = 8;

export const packColumns: FunctionSource = {
  name: 'packColumns',
  parameters: ['from', 'to', 'depth', 'stride', 'panels'],
  i32Variables: ['panelBytes', 'row', 'panel', 'source', 'target'],
  v128Variables: [],
  body: ({ get, set }) => [
    ...set('panelBytes', i32.mul(get('depth'), i32.const(vectorBytes))),
    ...whileLoop(
      i32.lessThan(get('row'), get('depth')),
      set('panel', i32.const(0)),
      set('source', get('from')),
      set('target', get('to')),
      whileLoop(
        i32.lessThan(get('panel'), get('panels')),
        v128.store(get('target'), v128.load(get('source'))),
        set('source', i32.add(get('source'), i32.const(vectorBytes))),
        set('target', i32.add(get('target'), get('panelBytes'))),
        set('panel', i32.add(get('panel'), i32.const(1))),
      ),
      set('from', i32.add(get('from'), get('stride'))),
      set('to', i32.add(get('to'), i32.const(vectorBytes))),
      set('row', i32.add(get('row'), i32.const(1))),
    ),
  ],
};

export const packRows: FunctionSource = {
  name: 'packRows',
  parameters: ['from', 'to', 'steps', 'laneStride'],
  i32Variables: ['row1', 'row2', 'row3'],
  v128Variables: ['a', 'b', 'c', 'd', 'lower', 'upper'],
  body: ({ get, set }) => {
    const storeColumns = (first: number): Code => [
      ...set('lower', v128.shuffle([first, first + 4, first + 1, first + 5], get('a'), get('b'))),
      ...set('upper', v128.shuffle([first, first + 4, first + 1, first + 5], get('c'), get('d'))),
      ...v128.store(get('to'), v128.shuffle([0, 1, 4, 5], get('lower'), get('upper')), first * vectorBytes),
      ...v128.store(
        get('to'),
        v128.shuffle([2, 3, 6, 7], get('lower'), get('upper')),
        (first + 1) * vectorBytes,
      ),
    ];
    const step = (name: string): Code => set(name, i32.add(get(name), i32.const(vectorBytes)));
    return [
      ...set('row1', i32.add(get('from'), get('laneStride'))),
      ...set('row2', i32.add(get('row1'), get('laneStride'))),
      ...set('row3', i32.add(get('row2'), get('laneStride'))),
      ...whileLoop(
        i32.lessThan(i32.const(0), get('steps')),
        set('a', v128.load(get('from'))),
        set('b', v128.load(get('row1'))),
        set('c', v128.load(get('row2'))),
        set('d', v128.load(get('row3'))),
        storeColumns(0),
        storeColumns(2),
        ...['from', 'row1', 'row2', 'row3'].map(step),
        set('to', i32.add(get('to'), i32.const(4 * vectorBytes))),
        set('steps', i32.sub(get('steps'), i32.const(1))),
      ),
    ];
  },
};

export const packLanes: FunctionSource = {
  name: 'packLanes',
  parameters: ['from', 'to', 'depth', 'stride', 'lanes', 'laneStride'],
  i32Variables: ['lane', 'row', 'source', 'target'],
  v128Variables: [],
  body: ({ get, set }) =>
    whileLoop(
      i32.lessThan(get('lane'), get('lanes')),
      set('source', get('from')),
      set('target', get('to')),
      set('row', i32.const(0)),
      whileLoop(
        i32.lessThan(get('row'), get('depth')),
        i32.store(get('target'), i32.load(get('source'))),
        set('source', i32.add(get('source'), get('stride'))),
        set('target', i32.add(get('target'), i32.const(vectorBytes))),
        set('row', i32.add(get('row'), i32.const(1))),
      ),
      set('from', i32.add(get('from'), get('laneStride'))),
      set('to', i32.add(get('to'), i32.const(floatBytes))),
      set('lane', i32.add(get('lane'), i32.const(1))),
    ),
};

const rows = [0, 1, 2, 3];

function panelProducts(name: string, panels: readonly number[]): FunctionSource {
  const sums = rows.map((row) => panels.map((panel) => `sum${row}${panel}`));
  return {
    name,
    parameters: ['left', 'leftStep', 'right', 'rightStep', 'second', 'to', 'toStride', 'depth', 'count'],
    i32Variables: [...panels.map((panel) => `at${panel}`), 'leftAt', 'steps', 'target'],
    v128Variables: [...sums.flat(), ...panels.map((panel) => `right${panel}`), 'factor'],
    body: ({ get, set }) => {
      const multiply = (sum: string, panel: number): Code =>
        set(sum, v128.add(get(sum), v128.mul(get('factor'), get(`right${panel}`))));
      const addTo = (place: number, floats: Code): Code =>
        v128.store(get('target'), f64x2.add(v128.load(get('target'), place), f64x2.promote(floats)), place);
      const advance = (name: string, distance: Code): Code => set(name, i32.add(get(name), distance));
      return whileLoop(
        i32.lessThan(i32.const(0), get('count')),
        set('leftAt', get('left')),
        set('steps', get('depth')),
        set('target', get('to')),
        panels.flatMap((panel) =>
          set(`at${panel}`, i32.add(get('right'), i32.mul(get('second'), i32.const(panel)))),
        ),
        sums.flat().flatMap((sum) => set(sum, v128.zero)),
        whileLoop(
          i32.lessThan(i32.const(0), get('steps')),
          panels.flatMap((panel) => set(`right${panel}`, v128.load(get(`at${panel}`)))),
          sums.flatMap((across, row) => [
            ...set('factor', v128.loadSplat(get('leftAt'), row * floatBytes)),
            ...across.flatMap(multiply),
          ]),
          advance('leftAt', get('leftStep')),
          panels.flatMap((panel) => advance(`at${panel}`, get('rightStep'))),
          set('steps', i32.sub(get('steps'), i32.const(1))),
        ),
        sums.flatMap((across) => [
          ...across.flatMap((sum, panel) => {
            const place = panel * panelLanes * doubleBytes;
            return [...addTo(place, get(sum)), ...addTo(place + 2 * doubleBytes, v128.upperHalf(get(sum)))];
          }),
          ...advance('target', get('toStride')),
        ]),
        advance('right', i32.mul(get('second'), i32.const(panels.length))),
        advance('to', i32.const(panels.length * panelLanes * doubleBytes)),
        set('count', i32.sub(get('count'), i32.const(1))),
      );
    },
  };
}

export const addPanelProducts = panelProducts('addPanelProducts', [0, 1]);
export const addNarrowProducts = panelProducts('addNarrowProducts', [0]);

export const addScaledRows: FunctionSource = {
  name: 'addScaledRows',
  parameters: ['left', 'leftStride', 'right', 'rightStride', 'to', 'depth', 'bytes'],
  i32Variables: ['at', 'whole'],
  v128Variables: ['factor'],
  body: ({ get, set }) => {
    const place = (name: string): Code => i32.add(get(name), get('at'));
    const scaled = (value: Code, sum: Code): Code => v128.add(sum, v128.mul(get('factor'), value));
    return [
      ...set('whole', i32.sub(get('bytes'), i32.const(vectorBytes - 1))),
      ...whileLoop(
        i32.lessThan(i32.const(0), get('depth')),
        set('factor', v128.loadSplat(get('left'))),
        set('at', i32.const(0)),
        whileLoop(
          i32.lessThan(get('at'), get('whole')),
          v128.store(place('to'), scaled(v128.load(place('right')), v128.load(place('to')))),
          set('at', i32.add(get('at'), i32.const(vectorBytes))),
        ),
        whileLoop(
          i32.lessThan(get('at'), get('bytes')),
          v128.storeLane(place('to'), scaled(v128.load32(place('right')), v128.load32(place('to')))),
          set('at', i32.add(get('at'), i32.const(floatBytes))),
        ),
        set('left', i32.add(get('left'), get('leftStride'))),
        set('right', i32.add(get('right'), get('rightStride'))),
        set('depth', i32.sub(get('depth'), i32.const(1))),
      ),
    ];
  },
};
