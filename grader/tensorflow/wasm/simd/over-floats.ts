import { i32, whileLoop } from './assembler.ts';
import type { Code, Names } from './assembler.ts';

/**
 * Runs code for every four of `bytes` bytes of floats, then for each float that is left over, with the byte that it is
 * at in `at`. Its function has variables `bytes`, `at` and `whole`.
 */
export function overFloats({ get, set }: Names, { four, one }: { four: Code; one: Code }): Code {
  const advance = (bytes: number): Code => set('at', i32.add(get('at'), i32.const(bytes)));
  return [
    ...set('whole', i32.sub(get('bytes'), i32.const(15))),
    ...set('at', i32.const(0)),
    ...whileLoop(i32.lessThan(get('at'), get('whole')), four, advance(16)),
    ...whileLoop(i32.lessThan(get('at'), get('bytes')), one, advance(4)),
  ];
}
