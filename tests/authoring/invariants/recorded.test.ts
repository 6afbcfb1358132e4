import { describe, expect, it } from 'vitest';
import { constantTensors } from '../../../authoring/invariants/constant-tensors.ts';
import { lostByReference } from '../../../authoring/invariants/own-rubric.ts';
import type { RecordedPart } from '../../../authoring/invariants/recorded-part.ts';
import { differentTheSecondTime } from '../../../authoring/invariants/same-twice.ts';
import type { TrivialAnswer } from '../../../authoring/invariants/trivial/answers.ts';
import { judgeTrivialAnswers, type TrivialResult } from '../../../authoring/invariants/trivial/judge.ts';
import { floats } from '../../../grader/format/literals.ts';
import { CASES, checkWith, closeCheck, recordedPart, returned, RUBRIC, twoImages } from './small-part.ts';

/** A part without derived calls and given arguments needs no process. */
const noProcess = {
  casesOf: () => expect.fail('no case is run'),
  valuesOfGiven: () => expect.fail('nothing is given'),
  derive: () => expect.fail('nothing is derived'),
};

const judgeTrivially = (part: RecordedPart): Promise<TrivialResult> => judgeTrivialAnswers(noProcess, part);

function earned({ points }: TrivialResult): Partial<Record<TrivialAnswer, number>> {
  return Object.fromEntries([...points].filter(([, number]) => number > 0));
}

const maps = floats([2, 3], [3, 1, 2, 9, 7, 8]);
const zeros = floats([2, 3], [0, 0, 0, 0, 0, 0]);

describe('the reference', () => {
  it('earns its own points', () => {
    expect(lostByReference(recordedPart({ calls: { maps }, checks: [closeCheck('maps')] }))).toEqual([]);
  });

  it('is refused where a check asks for something else', () => {
    const sum = checkWith({ kind: 'property', id: 'sum', case: 'batch', value: { call: 'maps' }, holds: [] });
    const { atol: _atol, rtol: _rtol, ...fields } = sum as unknown as Record<string, unknown>;
    const check = { ...fields, holds: [{ property: 'range', min: 0, max: 5 }] };
    const part = recordedPart({ calls: { maps }, checks: [check as unknown as typeof sum] });
    const [{ file, place, problem }] = lostByReference(part);
    expect([file, place]).toEqual([RUBRIC, 'check sum (case batch)']);
    expect(problem).toMatch(/^the reference does not earn its 1 points: .*9/);
  });

  it('is refused where it returns other bytes the second time', () => {
    const { cases } = recordedPart({ calls: { maps }, checks: [] });
    const first = [...cases.values()];
    const other = floats([2, 3], [...maps.data.subarray(0, 5), 8.000001]);
    const again = first.map((one) => ({ ...one, calls: new Map([['maps', returned(other)]]) }));
    expect(differentTheSecondTime(first, first)).toEqual([]);
    expect(differentTheSecondTime(first, again)).toMatchObject([
      { file: CASES, place: 'case batch, call maps' },
    ]);
  });
});

describe('an expected tensor of one number', () => {
  const calls = { maps: zeros };
  const checks = [closeCheck('maps')];

  it('is refused', () => {
    expect(constantTensors(recordedPart({ calls, checks }))).toMatchObject([
      { file: CASES, place: 'case batch', problem: 'the expected tensor maps is 0 everywhere' },
    ]);
  });

  it('is not where the case says so, no check compares with it, or it has one element', () => {
    expect(constantTensors(recordedPart({ calls, checks, constant: true }))).toEqual([]);
    expect(constantTensors(recordedPart({ calls, checks: [] }))).toEqual([]);
    const loss = { maps: floats([1], [4]) };
    expect(constantTensors(recordedPart({ calls: loss, checks }))).toEqual([]);
  });
});

describe('trivial answers', () => {
  it('earn nothing of a check that tells them apart', async () => {
    const result = await judgeTrivially(recordedPart({ calls: { maps }, checks: [closeCheck('maps')] }));
    expect(earned(result)).toEqual({});
    expect(result.refusals).toEqual([]);
  });

  it.each<[TrivialAnswer, ReturnType<typeof floats>, string]>([
    ['zeros', zeros, 'zeros'],
    ['ones', floats([2, 3], [1, 1, 1, 1, 1, 1]), 'ones'],
    ['inputs', twoImages, 'an input of the call'],
  ])('%s are refused where they earn points', async (answer, tensor, words) => {
    const calls = { maps: tensor };
    const part = recordedPart({ calls, checks: [closeCheck('maps', { points: 2 })] });
    const result = await judgeTrivially(part);
    expect(earned(result)).toMatchObject({ [answer]: 2 });
    expect(result.refusals[0]).toMatchObject({ file: RUBRIC, place: 'check maps (case batch)' });
    expect(result.refusals[0].problem).toContain(`2 of its 2 points are earned by ${words}`);
  });

  it('the first image for all is refused where a check does not look at the others', async () => {
    const fields = { kind: 'property', holds: [{ property: 'range', min: 0, max: 10 }] };
    const {
      atol: _atol,
      rtol: _rtol,
      ...check
    } = closeCheck('maps', fields) as unknown as Record<string, unknown>;
    const part = recordedPart({
      calls: { maps },
      checks: [check as unknown as ReturnType<typeof closeCheck>],
    });
    const result = await judgeTrivially(part);
    expect(earned(result)).toHaveProperty(['first image'], 1);
  });

  it('an input that is spread over the result is refused', async () => {
    const inputs = { row: floats([3], [3, 1, 2]) };
    const spread = floats([2, 3], [3, 1, 2, 3, 1, 2]);
    const part = recordedPart({ inputs, calls: { maps: spread }, checks: [closeCheck('maps')] });
    expect(earned(await judgeTrivially(part))).toHaveProperty('inputs', 1);
  });

  it('a number among the inputs stands for a number, not for a whole map', async () => {
    const inputs = { label: floats([], [985]) };
    const judged = async (tensor: ReturnType<typeof floats>) =>
      earned(
        await judgeTrivially(recordedPart({ inputs, calls: { maps: tensor }, checks: [closeCheck('maps')] })),
      );
    expect(
      await judged(
        floats(
          [2, 3],
          Array.from({ length: 6 }, () => 985),
        ),
      ),
    ).not.toHaveProperty('inputs');
    expect(await judged(floats([], [985]))).toHaveProperty('inputs', 1);
  });

  it('what another call returned is refused where a tolerance takes it in', async () => {
    const near = floats(
      [2, 3],
      [...maps.data].map((x) => x * 1.01),
    );
    const checks = [closeCheck('maps', { atol: 0, rtol: 0.1 }), closeCheck('other', { atol: 0, rtol: 1e-4 })];
    const result = await judgeTrivially(recordedPart({ calls: { maps, other: near }, checks }));
    expect(earned(result)).toEqual({ copies: 1 });
    expect(result.refusals.map(({ place, problem }) => [place, problem])).toEqual([
      ['check maps (case batch)', '1 of its 1 points are earned by what another call of the case returned'],
      [
        'check maps (case batch)',
        'its tolerance (atol 0, rtol 0.1) takes in what another call of the case returned',
      ],
    ]);
  });

  it('a tolerance wider than the results is refused, whatever the check requires', async () => {
    const faint = floats([2, 3], [1e-6, 2e-6, 3e-6, 1e-6, 3e-6, 2e-6]);
    const checks = [closeCheck('maps'), closeCheck('faint', { atol: 1e-5, requires: ['maps'] })];
    const result = await judgeTrivially(recordedPart({ calls: { maps, faint }, checks }));
    expect(earned(result)).toEqual({});
    expect(result.refusals).toMatchObject([
      { place: 'check faint (case batch)', problem: expect.stringMatching('takes in zeros') },
    ]);
  });

  it('nothing is refused of a check that requires one which fails, or says why', async () => {
    const calls = { maps, flat: zeros };
    const required = [closeCheck('maps'), closeCheck('flat', { requires: ['maps'] })];
    expect((await judgeTrivially(recordedPart({ calls, checks: required }))).refusals).toEqual([]);
    const open = [closeCheck('maps'), closeCheck('flat')];
    expect((await judgeTrivially(recordedPart({ calls, checks: open }))).refusals).toHaveLength(1);
    const said = [closeCheck('maps'), closeCheck('flat', { mayBeTrivial: 'a flat picture has a flat map' })];
    const result = await judgeTrivially(recordedPart({ calls, checks: said }));
    expect(result.refusals).toEqual([]);
    expect(earned(result)).toHaveProperty('zeros', 1);
  });
});
