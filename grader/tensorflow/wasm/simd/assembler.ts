/**
 * A very small assembler for WebAssembly modules that work on another module's memory: functions over i32
 * addresses and counts, with the few SIMD instructions that this room's loops need. An expression is its bytes, in
 * the order of the WebAssembly Core Specification 2.0, chapter 5, nested as the operands are.
 */
export type Code = readonly (number | Code)[];

/** All bytes of a code, in order. */
function bytesOf(code: Code, bytes: number[] = []): number[] {
  for (const part of code) {
    if (typeof part === 'number') bytes.push(part);
    else bytesOf(part, bytes);
  }
  return bytes;
}

/** A number in unsigned LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = value >>> 7;
    bytes.push((value & 0x7f) | (rest === 0 ? 0 : 0x80));
    value = rest;
  } while (value !== 0);
  return bytes;
}

/** A number in signed LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    const last = (value === 0 && (byte & 0x40) === 0) || (value === -1 && (byte & 0x40) !== 0);
    bytes.push(last ? byte : byte | 0x80);
    if (last) return bytes;
  }
}

const text = (value: string): number[] => [...unsigned(value.length), ...Buffer.from(value, 'ascii')];
const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items];
/** Bytes after their number. */
function counted(code: Code): number[] {
  const bytes = bytesOf(code);
  return [...unsigned(bytes.length), ...bytes];
}
const section = (id: number, content: Code): Code => [id, counted(content)];

const i32Type = 0x7f;
const v128Type = 0x7b;
const noValue = 0x40;
/** A place in memory `offset` bytes from an address; addresses are only known to be multiples of 4. */
const aligned4 = (offset = 0): number[] => [2, ...unsigned(offset)];

const op =
  (...code: number[]) =>
  (...operands: Code[]): Code => [...operands, ...code];
const simd = (code: number, ...rest: number[]): ((...operands: Code[]) => Code) =>
  op(0xfd, ...unsigned(code), ...rest);

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: op(0x6a),
  sub: op(0x6b),
  mul: op(0x6c),
  and: op(0x71),
  lessThan: op(0x48),
  load: op(0x28, ...aligned4()),
  store: op(0x36, ...aligned4()),
};

export const v128 = {
  load: (address: Code, offset?: number): Code => simd(0x00, ...aligned4(offset))(address),
  /** One 32-bit value from memory in all four lanes. */
  loadSplat: (address: Code, offset?: number): Code => simd(0x09, ...aligned4(offset))(address),
  /** One 32-bit value in lane 0, zero in the others. */
  load32: simd(0x5c, ...aligned4()),
  /** 64 bits in the lower half, zero in the upper one. */
  load64: (address: Code, offset?: number): Code => simd(0x5d, ...aligned4(offset))(address),
  store: (address: Code, value: Code, offset?: number): Code =>
    simd(0x0b, ...aligned4(offset))(address, value),
  /** Writes lane 0 only. */
  storeLane: simd(0x5a, ...aligned4(), 0),
  /** Writes the lower half only. */
  store64: simd(0x5b, ...aligned4(), 0),
  zero: [0xfd, 0x0c, ...Array<number>(16).fill(0)] as Code,
  and: simd(0x4e),
  /** The first operand without the bits of the second. */
  andNot: simd(0x4f),
  or: simd(0x50),
  /** Where the mask's bits are set the first operand, else the second. */
  select: simd(0x52),
  splatI32: simd(0x11),
  equalI32: simd(0x37),
  equal: simd(0x41),
  notEqual: simd(0x42),
  less: simd(0x43),
  greater: simd(0x44),
  lessEqual: simd(0x45),
  greaterEqual: simd(0x46),
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
  /** The smaller or larger one; NaN where either is. */
  min: simd(0xe8),
  max: simd(0xe9),
  /** The second operand where it is larger than the first, else the first: the first too where either is NaN. */
  pseudoMax: simd(0xeb),
  /** The four signed numbers of each operand as eight of 16 bits, the nearest that there are. */
  narrow32: simd(0x85),
  /** The eight of 16 bits as sixteen bytes. */
  narrow16: simd(0x65),
  /** The lower eight unsigned bytes as numbers of 16 bits. */
  widen8: simd(0x89),
  /** The lower four unsigned numbers of 16 bits as such of 32. */
  widen16: simd(0xa9),
  /** Four lanes by their numbers: 0 to 3 of the first operand, 4 to 7 of the second. */
  shuffle: (lanes: readonly number[], first: Code, second: Code): Code =>
    simd(0x0d, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)))(first, second),
  /** The upper half in the lower. */
  upperHalf: (value: Code): Code => v128.shuffle([2, 3, 0, 1], value, value),
};

/** Pairs of doubles. */
export const f64x2 = {
  /** The lower two of four floats as doubles. */
  promote: simd(0x5f),
  /** Two doubles as the lower two of four floats. */
  demote: simd(0x5e),
  /** One double from memory in both lanes. */
  loadSplat: simd(0x0a, ...aligned4()),
  add: simd(0xf0),
  div: simd(0xf3),
};

/** A function under assembly: its parameters and variables by name. */
export interface Names {
  get(name: string): Code;
  set(name: string, value: Code): Code;
}

export interface FunctionSource {
  readonly name: string;
  /** All i32. */
  readonly parameters: readonly string[];
  readonly i32Variables: readonly string[];
  readonly v128Variables: readonly string[];
  body(names: Names): Code;
}

/** Repeats the body as long as the condition holds. */
export function whileLoop(condition: Code, ...body: Code[]): Code {
  const again = [0x0c, 0];
  const leaveUnless = [0x45, 0x0d, 1];
  return [0x02, noValue, 0x03, noValue, condition, leaveUnless, ...body, again, 0x0b, 0x0b];
}

/** Ends the innermost {@link whileLoop}, of which it is a statement, where the condition holds. */
export const leaveLoopIf = (condition: Code): Code => [condition, 0x0d, 1];

function assembleFunction(source: FunctionSource): Code {
  const order = [...source.parameters, ...source.i32Variables, ...source.v128Variables];
  const indexOf = (name: string): number[] => {
    const index = order.indexOf(name);
    if (index < 0) throw new Error(`${source.name} has no variable ${name}`);
    return unsigned(index);
  };
  const code = source.body({
    get: (name) => [0x20, ...indexOf(name)],
    set: (name, value) => [value, 0x21, ...indexOf(name)],
  });
  const locals = vector([
    [...unsigned(source.i32Variables.length), i32Type],
    [...unsigned(source.v128Variables.length), v128Type],
  ]);
  return counted([locals, code, 0x0b]);
}

/** The binary of a module that imports `env.memory` and exports the functions. */
export function assemble(
  sources: readonly FunctionSource[],
  memory: { shared: boolean },
): Uint8Array<ArrayBuffer> {
  const limits = memory.shared ? [0x03, 0, ...unsigned(65536)] : [0x00, 0];
  const types = sources.map((source) => [
    0x60,
    ...vector(source.parameters.map(() => [i32Type])),
    ...vector([]),
  ]);
  return Uint8Array.from(
    bytesOf([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, vector(types)),
      section(2, vector([[text('env'), text('memory'), 0x02, ...limits]])),
      section(3, vector(sources.map((_, index) => unsigned(index)))),
      section(7, vector(sources.map((source, index) => [text(source.name), 0x00, ...unsigned(index)]))),
      section(10, vector(sources.map(assembleFunction))),
    ]),
  );
}
