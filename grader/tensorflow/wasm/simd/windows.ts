import { i32, leaveLoopIf, v128, whileLoop } from './assembler.ts';
import type { Code, FunctionSource } from './assembler.ts';

/** Products of windows of an image and panels of filters: what a convolution is made of. */
export interface WindowLoops {
  /**
   * Writes the products of `tiles` times {@link windowsInTile} windows and a panel of eight filters to rows that lie
   * `toStride` bytes apart. `windows` is a list of the windows' addresses; a window is `runs` runs of `runFloats`
   * floats, the starts of which lie `runStride` bytes apart. The panel has eight floats, one of each filter, for each
   * float of a window. Each product is a float32 sum of its terms in their order, from 0 on.
   */
  multiplyWindows(
    windows: number,
    tiles: number,
    runs: number,
    runFloats: number,
    runStride: number,
    panel: number,
    to: number,
    toStride: number,
  ): void;
  /** The same with a panel of four filters and tiles of twice as many windows. */
  multiplyWindowsNarrow: WindowLoops['multiplyWindows'];
}

/** Filters whose outputs are computed at once, two vectors of them. */
export const panelFilters = 8;
/** Windows that meet a panel at once. */
export const tileWindows = 4;

const floatBytes = 4;
const vectorBytes = 4 * floatBytes;
/** Places move on once for so many terms, a power of two. */
const unrolled = 4;

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

/** Whatever its proportions, a tile has eight vectors of sums, so that no addition waits for the one before. */
function multiplyTiles(name: string, tile: { windows: number; vectors: number }): FunctionSource {
  const places = numbered('place', tile.windows);
  const factors = numbered('factors', tile.vectors);
  const sumOf = (window: number, vector: number): string => `sum${window * tile.vectors + vector}`;
  const sums = numbered('sum', tile.windows * tile.vectors);
  const termBytes = tile.vectors * vectorBytes;
  return {
    name,
    parameters: ['windows', 'tiles', 'runs', 'runFloats', 'runStride', 'panel', 'to', 'toStride'],
    i32Variables: ['rest', 'skip', 'run', 'left', 'factor', ...places],
    v128Variables: ['value', ...factors, ...sums],
    body: ({ get, set }) => {
      const advance = (variable: string, by: Code): Code => set(variable, i32.add(get(variable), by));
      const addTerm = (term: number): Code => [
        ...factors.flatMap((factor, vector) =>
          set(factor, v128.load(get('factor'), term * termBytes + vector * vectorBytes)),
        ),
        ...places.flatMap((place, window) => [
          ...set('value', v128.loadSplat(get(place), term * floatBytes)),
          ...factors.flatMap((factor, vector) => {
            const sum = sumOf(window, vector);
            return set(sum, v128.add(get(sum), v128.mul(get('value'), get(factor))));
          }),
        ]),
      ];
      /**
       * Adds the terms of a run, looking after each whether it was the last: V8 reorders what lies between two branches
       * and, given several terms, would load all their factors before it multiplies any.
       */
      const addRun = whileLoop(
        i32.lessThan(i32.const(0), get('left')),
        ...Array.from({ length: unrolled }, (_, term) => [
          ...(term > 0 ? leaveLoopIf(i32.lessThan(get('left'), i32.const(term + 1))) : []),
          ...addTerm(term),
        ]),
        ...places.map((place) => advance(place, i32.const(unrolled * floatBytes))),
        advance('factor', i32.const(unrolled * termBytes)),
        set('left', i32.sub(get('left'), i32.const(unrolled))),
      );
      return [
        ...set('rest', i32.and(get('runFloats'), i32.const(unrolled - 1))),
        ...set(
          'skip',
          i32.sub(get('runStride'), i32.mul(i32.sub(get('runFloats'), get('rest')), i32.const(floatBytes))),
        ),
        ...whileLoop(
          i32.lessThan(i32.const(0), get('tiles')),
          ...places.map((place, window) =>
            set(place, i32.load(i32.add(get('windows'), i32.const(window * floatBytes)))),
          ),
          ...sums.map((sum) => set(sum, v128.zero)),
          set('factor', get('panel')),
          set('run', get('runs')),
          whileLoop(
            i32.lessThan(i32.const(0), get('run')),
            set('left', get('runFloats')),
            addRun,
            // The terms that were left over moved nothing on.
            ...places.map((place) => advance(place, get('skip'))),
            advance('factor', i32.mul(get('rest'), i32.const(termBytes))),
            set('run', i32.sub(get('run'), i32.const(1))),
          ),
          ...places.flatMap((_place, window) => [
            ...factors.map((_factor, vector) =>
              v128.store(get('to'), get(sumOf(window, vector)), vector * vectorBytes),
            ),
            advance('to', get('toStride')),
          ]),
          advance('windows', i32.const(tile.windows * floatBytes)),
          set('tiles', i32.sub(get('tiles'), i32.const(1))),
        ),
      ];
    },
  };
}

export const multiplyWindows = multiplyTiles('multiplyWindows', { windows: tileWindows, vectors: 2 });
export const multiplyWindowsNarrow = multiplyTiles('multiplyWindowsNarrow', {
  windows: 2 * tileWindows,
  vectors: 1,
});
