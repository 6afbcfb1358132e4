import { f64x2, i32, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource, Names } from './assembler.ts';

/**
 * Sums of float32 values, added up in float64: a sum is off by one rounding to float32 at the end, however many
 * terms it has. The order of additions depends on the shape alone. `to` is an array of doubles that is added to.
 */
export interface SumLoops {
  /** Adds to `to[row]` the sum of each of `rows` rows of `bytes` bytes that follow one another. */
  addRowSums(from: number, to: number, rows: number, bytes: number): void;
  /** The same for rows of a few floats. */
  addShortRowSums(from: number, to: number, rows: number, bytes: number): void;
  /**
   * Adds to `to[matrix][column]` the sum of each column of `matrices` matrices that follow one another, of `rows`
   * rows of `bytes` bytes each.
   */
  addColumnSums(from: number, to: number, matrices: number, rows: number, bytes: number): void;
  /** Writes the sum of each of `rows` rows of a few floats, divided by the double at `divisor`, to floats at `to`. */
  storeShortRowQuotients(from: number, divisor: number, to: number, rows: number, bytes: number): void;
  /** Writes `count` doubles, each divided by the double at `divisor`, to floats at `to`. */
  storeQuotients(from: number, divisor: number, to: number, count: number): void;
}

const floatBytes = 4;
const pairBytes = 2 * floatBytes;
const doubleBytes = 8;

/** So many pairs of sums are under way at once that no addition waits for the one before. */
const pairs = [0, 1, 2, 3, 4, 5, 6, 7];
const wideBytes = pairs.length * pairBytes;
const sums = pairs.map((pair) => `sums${pair}`);

type Accumulate = (names: Names, at: Code) => Code;

/** Adds eight pairs of floats at an address to the eight pairs of sums. */
const addWide: Accumulate = ({ get, set }, at) =>
  sums.flatMap((name, pair) =>
    set(name, f64x2.add(get(name), f64x2.promote(v128.load64(at, pair * pairBytes)))),
  );
const addPair: Accumulate = ({ get, set }, at) =>
  set('sums0', f64x2.add(get('sums0'), f64x2.promote(v128.load64(at))));
const addOne: Accumulate = ({ get, set }, at) =>
  set('sums0', f64x2.add(get('sums0'), f64x2.promote(v128.load32(at))));

function zero({ set }: Names): Code {
  return sums.flatMap((name) => set(name, v128.zero));
}

/** The eight pairs of sums added up, neighbours first; both lanes hold parts still. */
function joined({ get }: Names): Code {
  let parts = sums.map((name) => get(name));
  while (parts.length > 1) {
    parts = parts.flatMap((part, index) => (index % 2 === 0 ? [f64x2.add(part, parts[index + 1])] : []));
  }
  return parts[0];
}

export const addRowSums: FunctionSource = {
  name: 'addRowSums',
  parameters: ['from', 'to', 'rows', 'bytes'],
  i32Variables: ['end', 'past'],
  v128Variables: sums,
  body: (names) => {
    const { get, set } = names;
    const whileLeft = (step: number, accumulate: Accumulate): Code => [
      ...set('past', i32.sub(get('end'), i32.const(step - 1))),
      ...whileLoop(
        i32.lessThan(get('from'), get('past')),
        accumulate(names, get('from')),
        set('from', i32.add(get('from'), i32.const(step))),
      ),
    ];
    return whileLoop(
      i32.lessThan(i32.const(0), get('rows')),
      set('end', i32.add(get('from'), get('bytes'))),
      zero(names),
      whileLeft(wideBytes, addWide),
      whileLeft(pairBytes, addPair),
      whileLeft(floatBytes, addOne),
      set('sums0', joined(names)),
      set('sums0', f64x2.add(get('sums0'), v128.upperHalf(get('sums0')))),
      v128.store64(get('to'), f64x2.add(v128.load64(get('to')), get('sums0'))),
      set('to', i32.add(get('to'), i32.const(doubleBytes))),
      set('rows', i32.sub(get('rows'), i32.const(1))),
    );
  },
};

export const addShortRowSums: FunctionSource = {
  name: 'addShortRowSums',
  parameters: ['from', 'to', 'rows', 'bytes'],
  i32Variables: ['end'],
  v128Variables: ['sums0'],
  body: (names) => {
    const { get, set } = names;
    return whileLoop(
      i32.lessThan(i32.const(0), get('rows')),
      set('end', i32.add(get('from'), get('bytes'))),
      set('sums0', v128.load64(get('to'))),
      whileLoop(
        i32.lessThan(get('from'), get('end')),
        addOne(names, get('from')),
        set('from', i32.add(get('from'), i32.const(floatBytes))),
      ),
      v128.store64(get('to'), get('sums0')),
      set('to', i32.add(get('to'), i32.const(doubleBytes))),
      set('rows', i32.sub(get('rows'), i32.const(1))),
    );
  },
};

export const addColumnSums: FunctionSource = {
  name: 'addColumnSums',
  parameters: ['from', 'to', 'matrices', 'rows', 'bytes'],
  i32Variables: ['end', 'past', 'at', 'row'],
  v128Variables: sums,
  body: (names) => {
    const { get, set } = names;
    const placeOf = (pair: number): number => pair * 2 * doubleBytes;
    /** Sums up as many columns at once as `step` bytes hold, until fewer are left. */
    const whileLeft = (step: number, accumulate: Accumulate, add: Code): Code => [
      ...set('past', i32.sub(get('end'), i32.const(step - 1))),
      ...whileLoop(
        i32.lessThan(get('from'), get('past')),
        zero(names),
        set('at', get('from')),
        set('row', i32.const(0)),
        whileLoop(
          i32.lessThan(get('row'), get('rows')),
          accumulate(names, get('at')),
          set('at', i32.add(get('at'), get('bytes'))),
          set('row', i32.add(get('row'), i32.const(1))),
        ),
        add,
        set('from', i32.add(get('from'), i32.const(step))),
        set('to', i32.add(get('to'), i32.const(step * (doubleBytes / floatBytes)))),
      ),
    ];
    const addPairs = (names: readonly string[]): Code =>
      names.flatMap((name, pair) =>
        v128.store(get('to'), f64x2.add(v128.load(get('to'), placeOf(pair)), get(name)), placeOf(pair)),
      );
    return whileLoop(
      i32.lessThan(i32.const(0), get('matrices')),
      set('end', i32.add(get('from'), get('bytes'))),
      whileLeft(wideBytes, addWide, addPairs(sums)),
      whileLeft(pairBytes, addPair, addPairs(['sums0'])),
      whileLeft(floatBytes, addOne, v128.store64(get('to'), f64x2.add(v128.load64(get('to')), get('sums0')))),
      set('from', i32.add(get('from'), i32.mul(i32.sub(get('rows'), i32.const(1)), get('bytes')))),
      set('matrices', i32.sub(get('matrices'), i32.const(1))),
    );
  },
};

export const storeShortRowQuotients: FunctionSource = {
  name: 'storeShortRowQuotients',
  parameters: ['from', 'divisor', 'to', 'rows', 'bytes'],
  i32Variables: ['end'],
  v128Variables: ['sums0', 'divisors'],
  body: (names) => {
    const { get, set } = names;
    return [
      ...set('divisors', f64x2.loadSplat(get('divisor'))),
      ...whileLoop(
        i32.lessThan(i32.const(0), get('rows')),
        set('end', i32.add(get('from'), get('bytes'))),
        set('sums0', v128.zero),
        whileLoop(
          i32.lessThan(get('from'), get('end')),
          addOne(names, get('from')),
          set('from', i32.add(get('from'), i32.const(floatBytes))),
        ),
        v128.storeLane(get('to'), f64x2.demote(f64x2.div(get('sums0'), get('divisors')))),
        set('to', i32.add(get('to'), i32.const(floatBytes))),
        set('rows', i32.sub(get('rows'), i32.const(1))),
      ),
    ];
  },
};

export const storeQuotients: FunctionSource = {
  name: 'storeQuotients',
  parameters: ['from', 'divisor', 'to', 'count'],
  i32Variables: [],
  v128Variables: ['divisors'],
  body: ({ get, set }) => {
    const quotients = (values: Code): Code => f64x2.demote(f64x2.div(values, get('divisors')));
    return [
      ...set('divisors', f64x2.loadSplat(get('divisor'))),
      ...whileLoop(
        i32.lessThan(i32.const(1), get('count')),
        v128.store64(get('to'), quotients(v128.load(get('from')))),
        set('from', i32.add(get('from'), i32.const(2 * doubleBytes))),
        set('to', i32.add(get('to'), i32.const(2 * floatBytes))),
        set('count', i32.sub(get('count'), i32.const(2))),
      ),
      ...whileLoop(
        i32.lessThan(i32.const(0), get('count')),
        v128.storeLane(get('to'), quotients(v128.load64(get('from')))),
        set('count', i32.sub(get('count'), i32.const(1))),
      ),
    ];
  },
};
