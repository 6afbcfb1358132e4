import { i32, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';

export interface ChooseLoop {
  /** Copies `count` words, a multiple of four: those at `yes` where the byte at `holds` is not 0, else those at `no`. */
  chooseWords(holds: number, yes: number, no: number, to: number, count: number): void;
}

const vectorBytes = 16;
const lanes = 4;

export const chooseWords: FunctionSource = {
  name: 'chooseWords',
  parameters: ['holds', 'yes', 'no', 'to', 'count'],
  i32Variables: [],
  v128Variables: [],
  body: ({ get, set }) => {
    const advance = (variable: string, bytes: number): Code =>
      set(variable, i32.add(get(variable), i32.const(bytes)));
    const isZero = v128.equalI32(v128.widen16(v128.widen8(v128.load32(get('holds')))), v128.zero);
    return [
      ...whileLoop(
        i32.lessThan(i32.const(0), get('count')),
        v128.store(get('to'), v128.select(v128.load(get('no')), v128.load(get('yes')), isZero)),
        advance('holds', lanes),
        advance('count', -lanes),
        ...['yes', 'no', 'to'].map((variable) => advance(variable, vectorBytes)),
      ),
    ];
  },
};
