import { seededRandom } from './random.ts';

export const INPUTS = 5000;

/** What hostile inputs of a language are made of. */
export interface Language {
  /** Well-formed inputs. */
  readonly seeds: readonly (string | Uint8Array)[];
  /** Words of the language. */
  readonly words: readonly string[];
  /** What opens and what closes something that may be nested. */
  readonly brackets?: readonly (readonly [open: string, close: string])[];
  /** Length of the large inputs; default a quarter of a mebibyte. */
  readonly large?: number;
}

const EXTREMES = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff];
const CHARACTERS = [
  ' ',
  '\t',
  '\n',
  '\r',
  '\0',
  '0',
  'a',
  '/',
  '\\',
  '"',
  '\u2028',
  '\ufdfa',
  '\ud800',
  '\x1b[',
];

const bytesOf = (input: string | Uint8Array): Buffer => Buffer.from(input as string);

/** All large inputs: long runs of one thing or two, alone and inside of a well-formed input, and deep nesting. */
export function* largeInputs({
  seeds,
  words,
  brackets = [],
  large = 256 * 1024,
}: Language): Generator<Buffer> {
  const fill = (unit: string): string => unit.repeat(Math.ceil(large / Buffer.byteLength(unit)));
  const units = [...CHARACTERS, ...words];
  const [first] = seeds.map(bytesOf);
  for (const unit of units) {
    const run = Buffer.from(fill(unit)).subarray(0, large);
    yield run;
    yield Buffer.concat([first.subarray(0, first.length / 2), run, first.subarray(first.length / 2)]);
    yield Buffer.concat([first, run, Buffer.from('x')]);
  }
  for (const [i, unit] of words.entries()) yield Buffer.from(fill(unit + units[i % CHARACTERS.length]));
  for (const [open, close] of brackets) {
    const depth = Math.floor(large / (open.length + close.length));
    yield Buffer.from(open.repeat(depth) + close.repeat(depth));
    yield Buffer.from(open.repeat(2 * depth));
    for (const few of [12, 30, 60]) yield Buffer.from(open.repeat(few) + close.repeat(few));
  }
}

/** One well-formed input with a few things changed in it. */
function mutant({ seeds, words }: Language, random: () => number): Buffer {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  let bytes = bytesOf(pick(seeds));
  const place = (): number => Math.floor(random() * (bytes.length + 1));
  const put = (at: number, what: Uint8Array, instead = 0): void => {
    bytes = Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at + instead)]);
  };
  const changes: readonly (() => void)[] = [
    () => put(place(), Buffer.of(Math.floor(random() * 256)), 1),
    () => put(place(), Buffer.of(Math.floor(random() * 256))),
    () => put(place(), Buffer.alloc(0), Math.ceil(random() * 16)),
    () => put(place(), Buffer.from(pick([...words, ...CHARACTERS]))),
    () => {
      const number = Buffer.alloc(4);
      number.writeUInt32LE(pick(EXTREMES));
      if (random() < 0.5) number.reverse();
      put(place(), number, 4);
    },
    () => {
      const from = place();
      const slice = bytes.subarray(from, from + Math.ceil(random() * 64));
      put(place(), Buffer.concat(Array.from({ length: Math.ceil(random() * 20) }, () => slice)));
    },
    () => (bytes = bytes.subarray(0, place())),
    () => put(place(), bytesOf(pick(seeds)).subarray(0, 200)),
  ];
  for (let left = 1 + Math.floor(random() * 5); left > 0; left--) pick(changes)();
  return bytes.subarray(0, 64 * 1024);
}

/** {@link INPUTS} inputs, the same at every run: the large ones, then mutants. */
export function* hostileInputs(language: Language, seed: number): Generator<Buffer> {
  let count = 0;
  for (const input of largeInputs(language)) {
    count++;
    yield input;
  }
  const random = seededRandom(seed);
  for (; count < INPUTS; count++) yield mutant(language, random);
}
