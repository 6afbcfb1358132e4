import { i32, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';
import { overFloats } from './over-floats.ts';

type RowLoop = (from: number, row: number, to: number, count: number, bytes: number) => void;

/**
 * Each of `count` rows of `bytes` bytes of floats that follow one another from `from` on, combined with the floats at
 * `row`. The larger or smaller of two is NaN where either is.
 */
export interface RowLoops {
  readonly addRow: RowLoop;
  readonly subtractRow: RowLoop;
  readonly multiplyRow: RowLoop;
  readonly divideRow: RowLoop;
  readonly maximumRow: RowLoop;
  readonly minimumRow: RowLoop;
}

function rowOperation(name: string, combine: (value: Code, ofRow: Code) => Code): FunctionSource {
  return {
    name,
    parameters: ['from', 'row', 'to', 'count', 'bytes'],
    i32Variables: ['at', 'whole'],
    v128Variables: [],
    body: (names) => {
      const { get, set } = names;
      const place = (start: string): Code => i32.add(get(start), get('at'));
      return whileLoop(
        i32.lessThan(i32.const(0), get('count')),
        overFloats(names, {
          four: v128.store(place('to'), combine(v128.load(place('from')), v128.load(place('row')))),
          one: v128.storeLane(place('to'), combine(v128.load32(place('from')), v128.load32(place('row')))),
        }),
        set('from', i32.add(get('from'), get('bytes'))),
        set('to', i32.add(get('to'), get('bytes'))),
        set('count', i32.sub(get('count'), i32.const(1))),
      );
    },
  };
}

export const rowOperations = [
  rowOperation('addRow', v128.add),
  rowOperation('subtractRow', v128.sub),
  rowOperation('multiplyRow', v128.mul),
  rowOperation('divideRow', v128.div),
  rowOperation('maximumRow', v128.max),
  rowOperation('minimumRow', v128.min),
];
