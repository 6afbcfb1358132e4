import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../grader/format/units.ts';
import type { AnswerBudget } from '../../grader/protocol/answer-budget.ts';
import { numberOf, runModules, type Failure, type RunningModules } from './run-modules.ts';

const code = `
import * as tf from '@tensorflow/tfjs';
export const small = () => tf.scalar(7);
export const large = () => tf.zeros([1_000_000]);
export const huge = () => tf.zeros([30_000_000]);
export const many = () => Array.from({ length: 300 }, () => tf.scalar(1));
export const whole = () => tf.zeros([260_000]);
`;
const budget: AnswerBudget = { bytes: MiB, tensors: 9, expected: { bytes: 4, tensors: 1 } };

let modules: RunningModules;
beforeAll(async () => {
  modules = await runModules({ 'work.ts': code }, { answerBytes: 2.5 * MiB });
});
afterAll(() => modules.close());

describe('an answer beyond its budget', () => {
  it.each([
    ['large', 'large returned 3.8 MiB where 4 bytes were expected'],
    ['huge', 'huge returned 114 MiB where 4 bytes were expected'],
    ['many', 'many returned 300 tensors where one was expected'],
  ])('%s is a wrong result, and the next call is made', async (name, message) => {
    const outcome = (await modules.call(name, { budget })) as Failure;
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'wrong-result', details: [message] });
    // No number is in what a private check could show.
    expect(outcome.summary).toBe(`${name} returned more than anything that could be right`);
    expect(numberOf(await modules.call('small', { budget }))).toBe(7);
  });

  it('is one, too, that makes too much of all answers together; small ones are still taken', async () => {
    for (let i = 0; i < 2; i++) {
      expect(await modules.call('whole', { budget })).toMatchObject({ kind: 'returned' });
    }
    expect(await modules.call('whole', { budget })).toMatchObject({
      reason: 'wrong-result',
      details: ['whole returned more than a part may return, with all its other answers'],
    });
    expect(numberOf(await modules.call('small', { budget }))).toBe(7);
  });
});
