import { i32, v128 } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';
import { overFloats } from './over-floats.ts';

export interface ClampLoop {
  /** Copies `bytes` bytes of floats, each moved into [min, max], bounds given by their bits; NaN stays NaN. */
  clamp(from: number, to: number, bytes: number, min: number, max: number): void;
}

export const clamp: FunctionSource = {
  name: 'clamp',
  parameters: ['from', 'to', 'bytes', 'min', 'max'],
  i32Variables: ['at', 'whole'],
  v128Variables: ['low', 'high'],
  body: (names) => {
    const { get, set } = names;
    const place = (name: string): Code => i32.add(get(name), get('at'));
    const moved = (value: Code): Code => v128.min(v128.max(value, get('low')), get('high'));
    return [
      ...set('low', v128.splatI32(get('min'))),
      ...set('high', v128.splatI32(get('max'))),
      ...overFloats(names, {
        four: v128.store(place('to'), moved(v128.load(place('from')))),
        one: v128.storeLane(place('to'), moved(v128.load32(place('from')))),
      }),
    ];
  },
};
