import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadedCase } from '../../../grader/assignment/loaded.ts';
import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { keyOfGiven, type GivenArgument, type GivenValue } from '../../../grader/format/given-value.ts';
import { floats } from '../../../grader/format/literals.ts';
import type { CaseOutcomes } from '../../../grader/format/outcome.ts';
import { executeCase, modulesOfCases } from '../../../grader/pipeline/calls/execute.ts';
import { TemplateWeights } from '../../../grader/pipeline/calls/template-weights.ts';
import { numberOf, runModules, type RunningModules } from '../../child/run-modules.ts';

/** Calls that do what they like with what they get; `pick` takes an item of a list. */
const work = `
import * as tf from '@tensorflow/tfjs';
export { made } from './lib/given.ts';
export const reads = (x: tf.Tensor) => x.clone();
export const disposes = (x: tf.Tensor) => { x.dispose(); return tf.scalar(0); };
export const overwrites = (x: tf.Tensor) => {
  x.dataSync().fill(-1);
  (x as any).shape = [7];
  return tf.scalar(0);
};
export const pick = (items: tf.Tensor[]) => items[1].clone();
`;
const template = `
import * as tf from '@tensorflow/tfjs';
export const made = () => tf.scalar(-5);
`;

let submission: RunningModules;
beforeAll(async () => {
  submission = await runModules({ 'work.ts': work, 'lib/given.ts': template });
});
afterAll(() => submission.close());

const given = (...args: Argument[]): GivenArgument => ({
  given: { module: 'work.ts', export: 'made', args },
});
const call = (id: string, name: string, argument: Argument): Call => ({
  id,
  module: 'work.ts',
  export: name,
  args: [argument],
});
const caseOf = (calls: Call[], stored: [GivenArgument, GivenValue][]): LoadedCase => ({
  plan: { id: 'case', calls, derived: [] },
  half: 'public',
  directory: '',
  inputs: () => ({}),
  given: () => new Map(stored.map(([argument, value]) => [keyOfGiven(argument), value])),
  expected: () => new Map(),
});
const outcomesOf = (loadedCase: LoadedCase): Promise<CaseOutcomes> =>
  executeCase({
    loadedCase,
    submission: submission.process,
    given: () => submission.process,
    weights: new TemplateWeights(''),
  });

const seven: GivenValue = { value: { tensor: 'k' }, tensors: { k: floats([1], [7]) } };

describe('a stored value of given code', () => {
  it('is what a call gets, and the code is not run for it', async () => {
    const calls = [call('stored', 'reads', given()), call('made', 'reads', given({ number: 1 }))];
    const outcomes = await outcomesOf(caseOf(calls, [[given(), seven]]));
    expect(numberOf(outcomes.get('stored')!)).toBe(7);
    expect(numberOf(outcomes.get('made')!)).toBe(-5);
  });

  it.each(['disposes', 'overwrites'])(
    'is as it was for the next call after one that %s of it',
    async (name) => {
      const calls = [call('first', name, given()), call('next', 'reads', given())];
      const outcomes = await outcomesOf(caseOf(calls, [[given(), seven]]));
      expect(outcomes.get('first')!.kind).toBe('returned');
      expect(outcomes.get('next')).toMatchObject({ kind: 'returned', tensors: { t0: floats([1], [7]) } });
    },
  );

  it('keeps the structure that given code gave it', async () => {
    const two: GivenValue = {
      value: { list: [{ tensor: 'k.0' }, { tensor: 'k.1' }] },
      tensors: { 'k.0': floats([1], [1]), 'k.1': floats([1], [2]) },
    };
    const outcomes = await outcomesOf(caseOf([call('picked', 'pick', given())], [[given(), two]]));
    expect(numberOf(outcomes.get('picked')!)).toBe(2);
  });

  it('saves the bundle its module, unless something else needs it', () => {
    const other: GivenArgument = { given: { module: 'lib/other.ts', export: 'made', args: [] } };
    const modules = (...stored: [GivenArgument, GivenValue][]): string[] =>
      modulesOfCases([caseOf([call('one', 'reads', other)], stored)], ({ calls }) => calls);
    expect(modules()).toEqual(['lib/other.ts', 'work.ts']);
    expect(modules([other, seven])).toEqual(['work.ts']);
    expect(modules([given(), seven])).toEqual(['lib/other.ts', 'work.ts']);
  });
});
