import { i32, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';

/** Ways to compare two floats; all but `notEqual` are false where either is NaN. */
const ways = {
  equal: v128.equal,
  notEqual: v128.notEqual,
  less: v128.less,
  lessEqual: v128.lessEqual,
  greater: v128.greater,
  greaterEqual: v128.greaterEqual,
};
export type Comparison = keyof typeof ways;

/**
 * How the floats at `a` compare with those at `b`, or with the one float of which `b` is the bits: bytes of 1 and 0 at
 * `to` for `bytes` bytes of floats, a multiple of {@link comparedBytes}.
 */
export type ComparisonLoops = Readonly<
  Record<Comparison | `${Comparison}One`, (a: number, b: number, to: number, bytes: number) => void>
>;

/** Of floats that give one vector of truths. */
export const comparedBytes = 64;

function comparison(name: string, compare: (a: Code, b: Code) => Code, withOne: boolean): FunctionSource {
  return {
    name,
    parameters: ['a', 'b', 'to', 'bytes'],
    i32Variables: [],
    v128Variables: ['one', 'truth'],
    body: ({ get, set }) => {
      const four = (place: number): Code =>
        compare(v128.load(get('a'), place), withOne ? get('one') : v128.load(get('b'), place));
      const advance = (variable: string, bytes: number): Code =>
        set(variable, i32.add(get(variable), i32.const(bytes)));
      return [
        ...(withOne ? set('one', v128.splatI32(get('b'))) : []),
        ...set('truth', v128.splatI32(i32.const(0x01010101))),
        ...whileLoop(
          i32.lessThan(i32.const(0), get('bytes')),
          v128.store(
            get('to'),
            v128.and(
              v128.narrow16(v128.narrow32(four(0), four(16)), v128.narrow32(four(32), four(48))),
              get('truth'),
            ),
          ),
          advance('a', comparedBytes),
          withOne ? [] : advance('b', comparedBytes),
          advance('to', comparedBytes / 4),
          advance('bytes', -comparedBytes),
        ),
      ];
    },
  };
}

export const comparisons = Object.entries(ways).flatMap(([name, compare]) => [
  comparison(name, compare, false),
  comparison(`${name}One`, compare, true),
]);
