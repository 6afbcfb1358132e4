import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CasePlan } from '../../../grader/format/call-plan.ts';
import type { CallOutcome } from '../../../grader/format/outcome.ts';
import { executeCase } from '../../../grader/pipeline/calls/execute.ts';
import { Patience } from '../../../grader/pipeline/processes/patience.ts';
import { TemplateWeights } from '../../../grader/pipeline/calls/template-weights.ts';
import { runModules, type RunningModules } from '../../child/run-modules.ts';

/** What a submission may return. */
const work = `
import * as tf from '@tensorflow/tfjs';
export const sound = () => tf.tensor2d([[0.1, 0.2], [0.3, 0.4]]);
export const broken = () => tf.tensor2d([[0.1, 0.2], [0 / 0, 1 / 0]]);
export const nested = () => ({ losses: [3, 2, 1], maps: [tf.ones([2]), tf.tensor1d([1, -1 / 0])] });
export const number = () => 0 / 0;
export const large = () => 1e300;
export const listed = (sides: number[]) => tf.zeros(sides).arraySync();
export const copies = (x: tf.Tensor) => x.clone();
`;

/** Given code to which NaN is as good as any number, as it is to a colour map. */
const given = `
import * as tf from '@tensorflow/tfjs';
export const draw = (value: any) => tf.tensor1d([typeof value === 'number' ? value : 0.5]).greater(0).toFloat();
export const halve = (value: tf.Tensor) => tf.tidy(() => value.div(value.sub(value).sum()));
`;

let submission: RunningModules;
let template: RunningModules;
beforeAll(async () => {
  [submission, template] = await Promise.all([
    runModules({ 'work.ts': work }),
    runModules({ 'lib/given.ts': given }),
  ]);
});
afterAll(() => Promise.all([submission.close(), template.close()]));

const resultOf = (call: string, path: (string | number)[] = []) => ({ result: { call, path } });

async function outcomesOf(
  plan: Pick<CasePlan, 'calls' | 'derived'>,
  patience?: Patience,
): Promise<(id: string) => CallOutcome> {
  const outcomes = await executeCase({
    loadedCase: {
      plan: { id: 'case', ...plan },
      half: 'public',
      directory: '',
      inputs: () => ({}),
      given: () => new Map(),
      expected: () => new Map(),
    },
    submission: submission.process,
    given: () => template.process,
    weights: new TemplateWeights(''),
    ...(patience ? { patience } : {}),
  });
  return (id) => outcomes.get(id)!;
}

const drawn = async (name: string, path?: (string | number)[]): Promise<CallOutcome> => {
  const outcome = await outcomesOf({
    calls: [{ id: 'made', module: 'work.ts', export: name, args: [] }],
    derived: [{ id: 'drawn', module: 'lib/given.ts', export: 'draw', args: [resultOf('made', path)] }],
  });
  return outcome('drawn');
};

describe('a result that is passed on to given code', () => {
  it.each([
    ['broken', [], '2 of 4 values, the first is NaN at [1,0]'],
    ['nested', [], '1 of 2 values, the first is -Infinity at [1]'],
    ['nested', ['maps', 1], '1 of 2 values, the first is -Infinity at [1]'],
    ['number', [], 'it is NaN'],
  ])('%s%j is not drawn: it is said how much of it is no number', async (name, path, detail) => {
    expect(await drawn(name, path)).toEqual({
      kind: 'failed',
      reason: 'not-finite',
      summary: `what ${name} returned has values that are NaN or infinite`,
      details: [detail],
    });
  });

  it.each([
    ['sound', []],
    ['large', []],
    ['nested', ['losses']],
    ['nested', ['maps', 0]],
  ])('%s%j is drawn', async (name, path) => {
    expect(await drawn(name, path)).toMatchObject({ kind: 'returned' });
  });

  it('is named as such where a second function of the submission or of the template takes it', async () => {
    const outcome = await outcomesOf({
      calls: [
        { id: 'made', module: 'work.ts', export: 'broken', args: [] },
        { id: 'copied', module: 'work.ts', export: 'copies', args: [resultOf('made')] },
        { id: 'fine', module: 'work.ts', export: 'sound', args: [] },
      ],
      derived: [
        { id: 'halved', module: 'lib/given.ts', export: 'halve', args: [resultOf('fine')] },
        { id: 'drawn', module: 'lib/given.ts', export: 'draw', args: [resultOf('halved')] },
      ],
    });
    const says = (name: string) => ({ summary: `what ${name} returned has values that are NaN or infinite` });
    expect(outcome('copied')).toMatchObject({ reason: 'not-finite', ...says('broken') });
    expect(outcome('halved')).toMatchObject({ kind: 'returned' });
    expect(outcome('drawn')).toMatchObject({ reason: 'not-finite', ...says('halve') });
  });
});

it('given code that is not run any more, since the part has had its time, is no fault of ours', async () => {
  const patience = new Patience(1);
  patience.note({ module: 'work.ts', export: 'sound' }, 150, false);
  const derived = [{ id: 'drawn', module: 'lib/given.ts', export: 'draw', args: [{ number: 1 }] }];
  const of = await outcomesOf({ calls: [], derived }, patience);
  expect(of('drawn')).toMatchObject({ kind: 'failed', reason: 'not-run' });
});

it.each([[[5001]], [[3000, 2]], [[64, 64, 3]], [[1, 1, 20_000]]])(
  'lists of %j numbers in place of a tensor are a wrong result, and no forged answer',
  async (sides) => {
    const calls = [{ id: 'made', module: 'work.ts', export: 'listed', args: [{ json: sides }] }];
    const of = await outcomesOf({ calls, derived: [] });
    expect(of('made').kind).toBe('returned');
  },
);
