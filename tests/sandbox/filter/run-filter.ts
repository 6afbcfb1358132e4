import type { Instruction } from '../../../grader/sandbox/filter/bpf.ts';

/** What a process asks of the kernel: `struct seccomp_data`. */
export interface Request {
  readonly number: number;
  readonly audit: number;
  readonly args?: readonly number[];
}

/** Runs a filter as the kernel would, and gives its verdict. Knows the few instructions that filters here use. */
export function runFilter(program: readonly Instruction[], { number, audit, args = [] }: Request): number {
  const words: Record<number, number> = { 0: number, 4: audit };
  for (const [i, value] of args.entries()) words[16 + 8 * i] = value >>> 0;
  let accumulator = 0;
  for (let at = 0; at < program.length; at++) {
    const { code, jt, jf, k } = program[at];
    if (code === 0x06) return k >>> 0;
    if (code === 0x20) {
      if (!(k in words) && k < 16) throw new Error(`no word at ${k}`);
      accumulator = words[k] ?? 0;
      continue;
    }
    const holds = {
      0x15: accumulator === k >>> 0,
      0x35: accumulator >= k >>> 0,
      0x45: (accumulator & k) !== 0,
    }[code];
    if (holds === undefined) throw new Error(`unknown instruction ${code}`);
    at += holds ? jt : jf;
  }
  throw new Error('the filter ends without a verdict');
}
