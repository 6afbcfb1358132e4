import { errnoValue, type Condition, type Rule } from './policy.ts';
import { FIRST_COMMON_NUMBER, SYSCALLS, type Machine } from './syscalls.ts';

/** One instruction of classic BPF: `struct sock_filter` of `linux/filter.h`. */
export interface Instruction {
  readonly code: number;
  /** How many instructions to pass over when a comparison holds, and when it does not. */
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_OR_EQUAL = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;

// Offsets into `struct seccomp_data`; arguments are 64 bits wide, their low half first.
const NUMBER = 0;
const ARCHITECTURE = 4;
const ARGUMENTS = 16;

const ALLOW = 0x7fff_0000;
const FAIL_WITH = 0x0005_0000;
const KILL_PROCESS = 0x8000_0000;
/** System calls of the x32 ABI carry this bit. */
const X32 = 0x4000_0000;

const load = (offset: number): Instruction => ({ code: LOAD, jt: 0, jf: 0, k: offset });
const give = (k: number): Instruction => ({ code: RETURN, jt: 0, jf: 0, k });
const jump = (code: number, k: number, jt: number, jf: number): Instruction => ({ code, jt, jf, k });

function decide({ argument, test, otherwise }: Condition): Instruction[] {
  const refuse = give(FAIL_WITH | errnoValue(otherwise));
  const value = load(ARGUMENTS + 8 * argument);
  if ('lacks' in test) return [value, jump(JUMP_ANY_BIT, test.lacks, 1, 0), give(ALLOW), refuse];
  if ('has' in test) return [value, jump(JUMP_ANY_BIT, test.has, 0, 1), give(ALLOW), refuse];
  const values = 'oneOf' in test ? test.oneOf : test.noneOf;
  const comparisons = values.map((k, i) => jump(JUMP_EQUAL, k, values.length - i, 0));
  const ends = 'oneOf' in test ? [refuse, give(ALLOW)] : [give(ALLOW), refuse];
  return [value, ...comparisons, ...ends];
}

/** A filter program: rules in their order, everything else refused. */
export function compileFilter(rules: readonly Rule[], machine: Machine): Instruction[] {
  const program = [
    load(ARCHITECTURE),
    jump(JUMP_EQUAL, machine.audit, 1, 0),
    give(KILL_PROCESS),
    load(NUMBER),
    jump(JUMP_GREATER_OR_EQUAL, X32, 0, 1),
    give(FAIL_WITH | errnoValue('ENOSYS')),
  ];
  for (const [call, condition] of rules) {
    const number = SYSCALLS[call][machine.column];
    if (number === undefined) continue;
    const block = condition ? decide(condition) : [give(ALLOW)];
    program.push(jump(JUMP_EQUAL, number, 0, block.length), ...block);
  }
  // Programs that try a recent call first fall back to an older one when it seems not to exist.
  program.push(
    jump(JUMP_GREATER_OR_EQUAL, FIRST_COMMON_NUMBER, 0, 1),
    give(FAIL_WITH | errnoValue('ENOSYS')),
    give(FAIL_WITH | errnoValue('EPERM')),
  );
  return program;
}

/** As the launcher takes it: each instruction's 8 little-endian bytes in hexadecimal. */
export function toHex(program: readonly Instruction[]): string {
  const bytes = Buffer.alloc(8 * program.length);
  for (const [i, { code, jt, jf, k }] of program.entries()) {
    bytes.writeUInt16LE(code, 8 * i);
    bytes.writeUInt8(jt, 8 * i + 2);
    bytes.writeUInt8(jf, 8 * i + 3);
    bytes.writeUInt32LE(k >>> 0, 8 * i + 4);
  }
  return bytes.toString('hex');
}
