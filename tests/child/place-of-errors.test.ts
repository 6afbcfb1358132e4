import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutcome } from '../../grader/format/outcome.ts';
import { runModules, type RunningModules } from './run-modules.ts';

/** Given code that calls back, as models and loops of an assignment do. */
const given = `
import * as tf from '@tensorflow/tfjs';
export function descend(frames: number, run: () => unknown): unknown {
  return frames === 0 ? run() : descend(frames - 1, run);
}
export const steps = async (onIteration: (step: number) => void) => {
  for (let step = 0; step < 3; step++) {
    await null;
    onIteration(step);
  }
};
export const givenCode = () => tf.ones([2]).add(tf.ones([3]));
`;

const helper = `
import * as tf from '@tensorflow/tfjs';
export const helps = () => tf.ones([2]).sub(tf.ones([5])); // in the helper
`;

const work = `
import * as tf from '@tensorflow/tfjs';
import { descend, steps, givenCode } from './lib/given.ts';
import { helps } from './helper.ts';

export const plain = () => {
  throw new TypeError('the shapes are odd'); // plain
};
export const inGradient = () => tf.grad((x) => x.add(tf.ones([3])).sum())(tf.ones([2])); // inGradient
export const inGradientOfGradient = () =>
  tf.grad((x) => tf.grad((y) => tf.grad((z) => z.square().add(tf.ones([3])).sum())(y).sum())(x).sum())(tf.ones([2])); // inGradientOfGradient
export const inBackPropagation = () =>
  tf.tidy(() => tf.valueAndGrads((x, y) => tf.topk(x.mul(y), 1).values.sum())([tf.ones([2]), tf.ones([2])])); // inBackPropagation
export const inCustomGradient = () => {
  const f = tf.customGrad((x) => ({
    value: (x as tf.Tensor).square(),
    gradFunc: (dy) => (dy as tf.Tensor).mul(tf.ones([3])), // inCustomGradient
  }));
  return tf.grad((x) => f(x).sum())(tf.ones([2]));
};
export const deepInGivenCode = () =>
  descend(60, () => tf.ones([2]).add(tf.ones([3]))); // deepInGivenCode
export const belowGivenCode = () => descend(60, givenCode); // belowGivenCode
export const inCallback = () =>
  steps((step) => {
    if (step === 1) tf.ones([2]).add(tf.ones([3])); // inCallback
  });
export const inHelper = () => helps();
export const afterAwait = async () => {
  await tf.ones([2]).data();
  return tf.ones([2]).add(tf.ones([3])); // afterAwait
};
export const rejects = () => Promise.reject(new Error('refused')); // rejects
export const rethrows = () => {
  try {
    return tf.ones([2]).add(tf.ones([3])); // rethrows
  } catch (error) {
    throw error;
  }
};
export const wraps = () => {
  try {
    return tf.ones([2]).add(tf.ones([3])); // wraps-inner
  } catch (cause) {
    throw new Error('cannot add', { cause }); // wraps-outer
  }
};
export const throwsText = () => {
  throw 'no luck';
};
export const throwsNothing = () => Promise.reject();
export const ownGradient = (x: tf.Tensor) =>
  tf.grad((y) => tf.topk(y.square().flatten(), 1).values.sum())(x); // ownGradient
`;

const lineIn = (text: string, marker: string): number =>
  text.split('\n').findIndex((line) => line.endsWith(`// ${marker}`)) + 1;
const at = (marker: string): string => `(work.ts:${lineIn(work, marker)})`;

describe('the place of an error', () => {
  let modules: RunningModules;
  beforeAll(async () => {
    modules = await runModules({ 'work.ts': work, 'helper.ts': helper, 'lib/given.ts': given });
  });
  afterAll(() => modules.close());
  const details = async (name: string): Promise<readonly string[]> => {
    const outcome = await modules.call(name);
    return outcome.kind === 'failed' ? outcome.details : [];
  };
  const shapes = 'Error: Operands could not be broadcast together with shapes 2 and 3.';

  it.each([
    ['plain', `TypeError: the shapes are odd ${at('plain')}`],
    ['inGradient', `${shapes} ${at('inGradient')}`],
    ['inGradientOfGradient', `${shapes} ${at('inGradientOfGradient')}`],
    [
      'inBackPropagation',
      `Error: Cannot compute gradient: gradient function not found for TopK. ${at('inBackPropagation')}`,
    ],
    ['inCustomGradient', `${shapes} ${at('inCustomGradient')}`],
    ['deepInGivenCode', `${shapes} ${at('deepInGivenCode')}`],
    ['belowGivenCode', `${shapes} ${at('belowGivenCode')}`],
    ['inCallback', `${shapes} ${at('inCallback')}`],
    [
      'inHelper',
      `Error: Operands could not be broadcast together with shapes 2 and 5. (helper.ts:${lineIn(helper, 'in the helper')})`,
    ],
    ['afterAwait', `${shapes} ${at('afterAwait')}`],
    ['rejects', `Error: refused ${at('rejects')}`],
    ['rethrows', `${shapes} ${at('rethrows')}`],
  ])('of %s is the topmost line that a student wrote', async (name, expected) => {
    expect((await details(name))[0]).toBe(expected);
  });

  it('is given for an error and for the one that it was made of', async () => {
    expect((await details('wraps')).slice(0, 2)).toEqual([
      `Error: cannot add ${at('wraps-outer')}`,
      `caused by ${shapes} ${at('wraps-inner')}`,
    ]);
  });

  it('is not known where something else than an error is thrown, and the student is told why', async () => {
    const why = 'which is not an Error and knows no line: throw new Error(…) instead';
    expect(await details('throwsText')).toEqual([`it threw “no luck”, ${why}`]);
    expect(await details('throwsNothing')).toEqual([`it threw “undefined”, ${why}`]);
  });

  it('is said where a function cannot be differentiated because of a gradient of its own', async () => {
    const outcome = await modules.call('ownGradient', { args: [{ tensor: 'x' }], gradient: { argument: 0 } });
    expect(outcome).toMatchObject({
      reason: 'threw',
      details: [expect.stringContaining(`found for TopK. ${at('ownGradient')}`), expect.any(String)],
    });
  });
});

describe('the place of an error while a module is loaded', () => {
  it('is the line that threw', async () => {
    const text =
      "import * as tf from '@tensorflow/tfjs';\nconst mean = tf.tensor1d([1, 2]);\nmean.add(tf.ones([3]));\nexport const f = () => mean;\n";
    const modules = await runModules({ 'work.ts': text });
    try {
      expect(await modules.call('f')).toMatchObject({
        summary: 'loading the module threw an error',
        details: [expect.stringMatching(/shapes 2 and 3\. \(work\.ts:3\)$/), expect.any(String)],
      });
    } finally {
      await modules.close();
    }
  });
});

describe('the files of a module that takes too long to load', () => {
  const outcomeOf = async (files: Readonly<Record<string, string>>): Promise<CallOutcome> => {
    const modules = await runModules(files, { timeFactor: 0.1 });
    try {
      return await modules.call('f');
    } finally {
      await modules.close();
    }
  };
  const given = { 'lib/given.ts': 'console.log(1);\n' };
  const loads = "import './lib/given.ts';\nexport const f = 1;\n";

  it('are named where there is one, however it takes too long', async () => {
    const details = ['look at what stands outside of functions in work.ts'];
    for (const hangs of ['while (Date.now() > 0);', 'await new Promise(() => {});'])
      expect(await outcomeOf({ 'work.ts': `${loads}${hangs}\n`, ...given })).toMatchObject({
        ...{ kind: 'failed', reason: 'time-out', details },
      });
  }, 60_000);

  it('are all named that run, where nobody knows which it is', async () => {
    const outcome = await outcomeOf({
      'work.ts': `import './own/b.ts';\nimport type { T } from './own/types.ts';\n${loads}export const t: T = 1;\n`,
      'own/a.ts': 'console.log(1);\n',
      'own/b.ts': "import './a.ts';\nwhile (Date.now() > 0);\n",
      'own/types.ts': 'export type T = number;\n',
      'own/unused.ts': 'console.log(2);\n',
      ...given,
    });
    expect(outcome).toMatchObject({
      details: ['look at what stands outside of functions in one of own/a.ts, own/b.ts, work.ts'],
    });
  }, 60_000);
});

describe('a file that brings a source map of its own', () => {
  it('cannot name a file that is not there', async () => {
    const map = { version: 3, sources: ['elsewhere.ts'], names: [], mappings: 'AAAA;AACA;AACA;AACA' };
    const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
    const text = `export const f = (): never => {\n  throw new Error('wrong');\n};\n${comment}\n`;
    const modules = await runModules({ 'work.ts': text });
    try {
      expect(await modules.call('f')).toMatchObject({ details: ['Error: wrong'] });
    } finally {
      await modules.close();
    }
  });
});
