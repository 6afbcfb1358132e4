import { describe, expect, it } from 'vitest';
import { mutantsOf } from '../../../authoring/mutants/mutants.ts';

const body = (text: string): string =>
  `import * as tf from '@tensorflow/tfjs';\nexport function f(x, y, options) {\n${text}\n}\n`;
/** The second lines that come of a line, by the kind of mistake. */
const linesOf = (text: string, mutation: string): string[] =>
  mutantsOf('f.ts', body(text))
    .filter((mutant) => mutant.mutation === mutation)
    .map(({ after }) => after);

describe('mutants of a line', () => {
  it.each([
    ['another function', 'return x.sub(y);', ['return x.add(y);']],
    ['another function', 'return tf.sum(x);', ['return tf.mean(x);', 'return tf.max(x);']],
    ['a step left out', 'return x.abs();', ['return x;']],
    ['a step left out', 'return tf.relu(x);', ['return x;']],
    ['not tidied', 'return tf.tidy(() => x);', ['return (() => x)();']],
    ['arguments exchanged', 'return y(x, 1, 1);', ['return y(1, x, 1);']],
    ['an argument left out', 'return x.sum(-1);', ['return x.sum();']],
    ['an argument left out', 'return tf.sum(x, 3);', ['return tf.sum(x);']],
    ['another number', 'return x[1];', ['return x[2];', 'return x[0];']],
    ['another number', 'return 0.5;', ['return 1;']],
    ['the other truth', 'return y(true);', ['return y(false);']],
    ['a sign left out', 'return -x;', ['return x;']],
    ['another operator', 'return x <= y;', ['return x < y;', 'return x >= y;']],
    ['a default ignored', 'return x ?? y;', ['return x;', 'return y;']],
    ['names exchanged', 'const [h, w] = x;', ['const [w, h] = x;']],
    ['the next index', 'return x[y];', ['return x[y + 1];']],
    ['a condition ignored', 'return x ? y : 0;', ['return y;', 'return 0;']],
    ['a condition ignored', 'if (x) return y;', ['if (true) return y;', 'if (false) return y;']],
    ['a statement left out', 'x.dispose();', [';']],
    [
      'the first item only',
      'for (const one of x) y.push(one);',
      ['for (const one of [...x].slice(0, 1)) y.push(one);'],
    ],
    ['a default left out', 'const { k = 4 } = options;', ['const { k = undefined as never } = options;']],
  ])('%s: %s', (mutation, line, expected) => {
    expect(linesOf(line, mutation)).toEqual(expected);
  });

  it('are outside of functions and types none', () => {
    expect(mutantsOf('f.ts', 'const limit = 3;\nfunction f(x: Pair<1, 2>): void {}\n')).toEqual([]);
  });

  it('are not made twice, and all parse', () => {
    const texts = mutantsOf(
      'f.ts',
      body('return tf.tidy(() => x.sub(y).abs().sum(-1).div(x.shape[0] - 1));'),
    ).map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(8);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('keep their names when lines move, and differ where two lines are alike', () => {
    const idsOf = (text: string): string[] => mutantsOf('f.ts', text).map(({ id }) => id);
    const text = body('let z = x.add(y);\nz = x.add(y);\nz = x.add(y);\nreturn z;');
    const ids = idsOf(text);
    expect(new Set(ids).size).toBe(ids.length);
    expect(idsOf(`// A line more.\n${text}`)).toEqual(ids);
  });
});
