import { i32, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';

/** What the gradient of max pooling is made of. */
export interface PoolLoops {
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

const minusInfinity = v128.splatI32(i32.const(0xff800000 | 0));

export const maxPoolWindow: FunctionSource = {
  name: 'maxPoolWindow',
  parameters: ['x', 'dx', 'dy', 'rows', 'columns', 'rowStride', 'depthBytes'],
  i32Variables: ['channel', 'row', 'rowAt', 'at', 'end', 'tap'],
  v128Variables: ['largest', 'place', 'value', 'larger'],
  body: ({ get, set }) => {
    /** Visits the window's pixels in row-major order, counting them in `tap`. */
    const overWindow = (...visit: Code[]): Code => [
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
export const maxPoolWindow3x3: FunctionSource = {
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
