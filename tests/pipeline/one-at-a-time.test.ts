import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Call } from '../../grader/format/call-plan.ts';
import type { CallOutcome } from '../../grader/format/outcome.ts';
import { executeCase } from '../../grader/pipeline/execute.ts';
import { TemplateWeights } from '../../grader/pipeline/template-weights.ts';
import { runModules, type RunningModules } from '../child/run-modules.ts';

/** A module that remembers how often it was called, and may hold on to memory. */
const work = `
const held: Float64Array[] = [];
let calls = 0;
export const count = () => ++calls;
export const hold = (mib: number) => {
  held.push(new Float64Array(mib * 131072).fill(1));
  return ++calls;
};
`;

let submission: RunningModules;
let template: RunningModules;
beforeAll(async () => {
  [submission, template] = await Promise.all([
    runModules({ 'work.ts': work }),
    runModules({ 'work.ts': work }),
  ]);
});
afterAll(() => Promise.all([submission.close(), template.close()]));

const count: Call = { id: 'count', module: 'work.ts', export: 'count', args: [] };
const hold: Call = { id: 'hold', module: 'work.ts', export: 'hold', args: [{ number: 300 }] };

/** The numbers that the calls of a case return, by the calls' names. */
async function run(
  { calls, derived }: { readonly calls: readonly Call[]; readonly derived: readonly Call[] },
  oneAtATime = true,
): Promise<Record<string, unknown>> {
  const outcomes = await executeCase({
    loadedCase: {
      plan: { id: 'case', calls: [...calls], derived: [...derived] },
      half: 'public',
      directory: '',
      inputs: () => ({}),
      given: () => new Map(),
      expected: () => new Map(),
    },
    submission: submission.process,
    given: () => template.process,
    weights: new TemplateWeights(''),
    oneAtATime,
  });
  const numberOf = (outcome: CallOutcome): unknown =>
    outcome.kind === 'returned' && 'number' in outcome.value ? outcome.value.number : outcome;
  return Object.fromEntries([...outcomes].map(([id, outcome]) => [id, numberOf(outcome)]));
}

const drawn: Call = { ...count, id: 'drawn' };

it('processes that hold little memory go on from case to case', async () => {
  expect(await run({ calls: [count], derived: [drawn] })).toEqual({ count: 1, drawn: 1 });
  expect(await run({ calls: [count], derived: [drawn] })).toEqual({ count: 2, drawn: 2 });
});

it('a submission that holds much ends before given code works, and starts again for the next case', async () => {
  expect(await run({ calls: [hold], derived: [drawn] })).toEqual({ hold: 3, drawn: 3 });
  expect(await run({ calls: [count], derived: [] })).toEqual({ count: 1 });
});

it('given code that holds much ends before the submission works again', async () => {
  expect(await run({ calls: [count], derived: [hold] })).toEqual({ count: 2, hold: 4 });
  expect(await run({ calls: [count], derived: [drawn] })).toEqual({ count: 3, drawn: 1 });
});

it('where nothing has to be spared, or nothing is derived, all of them stay', async () => {
  expect(await run({ calls: [hold], derived: [] })).toEqual({ hold: 4 });
  expect(await run({ calls: [count], derived: [drawn] }, false)).toEqual({ count: 5, drawn: 2 });
});
