import { i32, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';

export interface ClampLoop {
  /** Copies `bytes` bytes of floats, each moved into [min, max], bounds given by their bits; NaN stays NaN. */
  clamp(from: number, to: number, bytes: number, min: number, max: number): void;
}

export const clamp: FunctionSource = {
  name: 'clamp',
  parameters: ['from', 'to', 'bytes', 'min', 'max'],
  i32Variables: ['at', 'whole'],
  v128Variables: ['low', 'high'],
  body: ({ get, set }) => {
    const place = (name: string): Code => i32.add(get(name), get('at'));
    const moved = (value: Code): Code => v128.min(v128.max(value, get('low')), get('high'));
    return [
      ...set('low', v128.splatI32(get('min'))),
      ...set('high', v128.splatI32(get('max'))),
      ...set('whole', i32.sub(get('bytes'), i32.const(15))),
      ...whileLoop(
        i32.lessThan(get('at'), get('whole')),
        v128.store(place('to'), moved(v128.load(place('from')))),
        set('at', i32.add(get('at'), i32.const(16))),
      ),
      ...whileLoop(
        i32.lessThan(get('at'), get('bytes')),
        v128.storeLane(place('to'), moved(v128.load32(place('from')))),
        set('at', i32.add(get('at'), i32.const(4))),
      ),
    ];
  },
};
