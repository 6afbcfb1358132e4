import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownErrors, meaningOf } from '../../../grader/pipeline/processes/known-errors.ts';
import { numberOf, runModules, type RunningModules } from '../../child/run-modules.ts';

/** Bodies of functions of no arguments that throw what the table knows, and a part of what a student then reads. */
const mistakes: readonly (readonly [body: string, meaning: string])[] = [
  ['tf.ones([2]).add(tf.ones([3]))', 'from the last dimension backwards'],
  ["tf.where(tf.ones([2], 'bool'), tf.ones([2]), tf.ones([3]))", 'from the last dimension backwards'],
  ['tf.ones([2, 3]).matMul(tf.ones([2, 2]))', 'as many columns'],
  ['tf.ones([2, 3]).reshape([4, 2])', 'keeps every value'],
  ['tf.ones([2, 3]).reshape([-1, 4])', 'keeps every value'],
  ['tf.ones([2, 3]).sum(3)', '-1 is the last one'],
  ['tf.ones([2, 3]).slice([0, 2], [2, 3])', 'not the index where'],
  ['tf.conv2d(tf.ones([4, 4]) as any, tf.ones([3, 3, 1, 1]), 1, "same")', 'expandDims(0)'],
  ['tf.maxPool(tf.ones([4, 4]) as any, 2, 2, "same")', 'expandDims(0)'],
  ['tf.image.resizeBilinear(tf.ones([4, 4]) as any, [2, 2])', 'expandDims(0)'],
  ['tf.conv2d(tf.ones([1, 3, 4, 4]) as any, tf.ones([3, 3, 3, 1]), 1, "same")', 'Channels come last'],
  ['{ const x = tf.ones([2]); x.dispose(); return x.add(1); }', 'tf.tidy that is over'],
  ['{ let x: any; tf.tidy(() => { x = tf.ones([2]); }); return x.dataSync(); }', 'tf.tidy that is over'],
  ['tf.tidy(async () => { const x = tf.ones([2]); await x.data(); return x.add(1); })', 'does not wait'],
  ['tf.relu(Promise.resolve(1) as any)', 'await it first'],
  ['tf.relu(undefined as any)', 'is a return missing'],
  ['tf.relu(null as any)', 'is a return missing'],
  ['tf.sum(("loss " + tf.ones([2])) as any)', 'a.add(b) adds tensors'],
  ['tf.sqrt(tf.tensor1d([4], "int32"))', "x.cast('float32')"],
  ['tf.oneHot(tf.tensor1d([1]) as any, 3)', "x.cast('int32')"],
  ['tf.where(tf.ones([2]) as any, tf.ones([2]), tf.ones([2]))', "x.cast('bool')"],
  ['tf.scalar(tf.scalar(1) as any)', 'already is used as it is'],
  ['tf.tensor([tf.scalar(1), tf.scalar(2)] as any)', 'tf.stack'],
  ['tf.tensor([[1, 2], [3]] as any)', 'rows of one length'],
  ['tf.ones([50000, 1]).add(tf.ones([1, 50000]))', 'far larger one'],
  ['tf.ones([500000, 500000])', 'far larger one'],
  ['new ArrayBuffer(9e15)', 'far larger one'],
  ['tf.ones([1, 8, 8]).sub(tf.ones([1, 12, 12]))', 'of another layer, image or size?'],
  ['tf.ones([2, 3]).sub(tf.ones([2]))', 'keepDims'],
  [
    'tf.grad((x) => tf.gatherND(x, tf.tensor2d([[0]], [1, 1], "int32")).sum())(tf.ones([3]))',
    'multiply by tf.oneHot',
  ],
  ['tf.grad((x) => x.stridedSlice([0], [3], [2]).sum())(tf.ones([3]))', 'no gradient for StridedSlice'],
  ['tf.grad((x) => tf.topk(x, 1).values.sum())(tf.ones([3]))', 'no gradient for TopK'],
  ['tf.grad(() => tf.scalar(3))(tf.ones([3]))', 'no dataSync on the way'],
  ['tf.grad((x) => tf.scalar(x.dataSync()[0]))(tf.ones([3]))', 'no dataSync on the way'],
  ['tf.grads((x, y) => x.sum())([tf.ones([3]), tf.ones([3])])', 'no dataSync on the way'],
  ['tf.grad(tf.ones([3]) as any)', 'gives one back'],
  ['tf.valueAndGrads(tf.ones([3]) as any)', 'gives one back'],
  ['tf.grad((x) => x.sum().dataSync()[0] as any)(tf.ones([3]))', 'returns a tensor: not a number'],
  ['tf.grad((async (x: any) => x.sum()) as any)(tf.ones([3]))', 'not the promise'],
  ['{ const deeper = (): number => deeper() + 1; return deeper(); }', 'never stops'],
  ['(tf.ones([3]).sum() as any).backward()', 'tf.grad(f)(x)'],
  ['(tf.ones([3]) as any).view(3, 1)', 'x.reshape(shape)'],
  ['(tf.ones([3]) as any).size()', 'no parentheses'],
  ['(tf as any).no_grad(() => 1)', 'inside tf.grad only'],
  ['{ const loss: any = (async () => tf.scalar(1))(); return loss.dataSync(); }', 'a promise without await'],
  ['(tf.ones([3]).arraySync() as any).mul(2)', 'a number, or an array'],
  ['(tf.ones([3]) as any)[0].mul(2)', 'no x[0]'],
  ['(tf.ones([3]) as any).grad.abs()', 'no x.grad'],
  ['{ const f = (): any => { tf.ones([3]); }; return f().shape; }', 'Is a return missing?'],
];

const exports = mistakes.map(([body], i) => `export const mistake${i} = () => ${bodyOf(body)};`);
function bodyOf(text: string): string {
  return text.startsWith('{') ? text : `{ return ${text}; }`;
}

describe('an error that TensorFlow.js or JavaScript throws', () => {
  const seen: string[] = [];
  let modules: RunningModules;
  beforeAll(async () => {
    const text = ["import * as tf from '@tensorflow/tfjs';", ...exports].join('\n');
    modules = await runModules({ 'work.ts': `${text}\nexport const sound = () => tf.scalar(7);\n` });
  });
  afterAll(() => modules.close());

  it.each(mistakes.map(([body, meaning], i) => ({ body, meaning, i })))(
    'of $body is explained',
    async ({ meaning, i }) => {
      const outcome = await modules.call(`mistake${i}`);
      if (outcome.kind !== 'failed') throw new Error(`it ${outcome.kind}`);
      const { details } = outcome;
      expect(details.at(-1)).toContain(meaning);
      expect(details[0]).toContain(` (work.ts:${i + 2})`);
      seen.push(details[0].replace(/^\w+: (.*) \(work\.ts:\d+\)$/, '$1'));
    },
  );

  it('is one of each row of the table', () => {
    expect(seen).toHaveLength(mistakes.length);
    const missed = knownErrors.filter(({ pattern }) => !seen.some((message) => pattern.test(message)));
    expect(missed).toEqual([]);
  });

  it('leaves nothing behind that a right call would suffer from', async () => {
    expect(numberOf(await modules.call('sound'))).toBe(7);
  });
});

describe('any other error', () => {
  it.each(['the shapes are odd', 'I said: Tensor is disposed.', '', 'x.y is not a function'])(
    '“%s” is not explained',
    (message) => expect(meaningOf(message)).toBeUndefined(),
  );
});
