import { describe, expect, it } from 'vitest';
import type { Call } from '../../grader/format/call-plan.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import type { CheckDefinition } from '../../grader/checks/index.ts';
import { float32 } from '../numeric/tensors.ts';
import { judgeBy } from './evidence.ts';

type TensorClose = Extract<CheckDefinition, { kind: 'tensor-close' }>;

function check(more: Partial<TensorClose> = {}): TensorClose {
  return {
    kind: 'tensor-close',
    id: 'value',
    title: 'It is right',
    points: 2,
    case: 'one',
    value: { call: 'result' },
    atol: 1e-6,
    rtol: 1e-4,
    ...more,
  };
}

const values = [1, -2, 3.5, 4];
const right = float32([4], values);
const doubled = float32(
  [4],
  values.map((value) => 2 * value),
);

describe('half right', () => {
  it.each([
    ['twice the values', doubled, 0.5],
    ['the values in another shape', float32([2, 2], values), 0.5],
    ['a dimension of 1 too many', float32([4, 1], values), 0.5],
    [
      'the values with the wrong sign',
      float32(
        [4],
        values.map((value) => -value),
      ),
      undefined,
    ],
    ['zeros', float32([4], [0, 0, 0, 0]), undefined],
    ['other values', float32([4], [4, 3, 2, 1]), undefined],
  ])('%s', (_, actual, share) => {
    const verdict = judgeBy(check(), { returned: { result: actual }, expected: { result: right } });
    expect(verdict).toMatchObject({ outcome: 'failed' });
    expect('share' in verdict ? verdict.share : undefined).toBe(share);
  });

  it.each([
    ['height and width exchanged by a reshape', float32([1, 3, 2], [1, 2, 3, 4, 5, 6])],
    ['height and width exchanged by a transpose', float32([1, 3, 2], [1, 4, 2, 5, 3, 6])],
  ])('nothing for %s', (_, actual) => {
    const expected = { result: float32([1, 2, 3], [1, 2, 3, 4, 5, 6]) };
    const verdict = judgeBy(check(), { returned: { result: actual }, expected });
    expect(verdict).toMatchObject({ outcome: 'failed' });
    expect(verdict).not.toHaveProperty('share');
  });

  const loss = check({ value: { call: 'loss' }, factorSeenIn: { call: 'slope', gradient: true } });
  const expected = { loss: float32([], [5]), slope: right };
  it('a number earns half where its gradient is off by the same factor', () => {
    const returned = { loss: float32([], [10]), slope: doubled };
    expect(judgeBy(loss, { returned, expected })).toMatchObject({ outcome: 'failed', share: 0.5 });
  });

  it('a right number in another shape earns half, and is told of its shape', () => {
    const slope = float32([1, 1, 2, 2], values);
    const verdict = judgeBy(loss, {
      returned: { loss: float32([1], [5]), slope },
      expected: { ...expected, slope },
    });
    expect(verdict).toMatchObject({ outcome: 'failed', kind: 'form', share: 0.5 });
    expect(verdict).toHaveProperty('diagnosis', expect.stringContaining('only the shape is not'));
  });

  it.each([
    ['off by another factor', float32([], [15]), doubled],
    ['with a right gradient', float32([], [10]), right],
    ['with a gradient of zeros', float32([], [10]), float32([4], [0, 0, 0, 0])],
  ])('a number earns nothing %s', (_, number, slope) => {
    const verdict = judgeBy(loss, { returned: { loss: number, slope }, expected });
    expect(verdict).toMatchObject({ outcome: 'failed' });
    expect(verdict).not.toHaveProperty('share');
  });
});

describe('consistent with what the student’s own function returned', () => {
  const own = float32([4], [2, 0, 1, 5]);
  const other = float32([4], [1, 1, 1, 1.5]);
  const constant = float32([4], [3, 3, 3, 3]);
  const notFinite = float32([4], [1, Number.NaN, 2, 3]);
  const input = float32([4], [3, 1, 2, 0]);
  const same = check({ orConsistentWith: { result: { call: 'own' } } });
  const less = check({ orConsistentWith: { minus: [{ call: 'own' }, { call: 'other' }] } });
  // What the reference returns where the student's own functions return half of it.
  const expected = { result: right, own: float32([4], [4, 0, 2, 10]), other: float32([4], [2, 2, 2, 3]) };

  it('a result that passes the mistake on is right', () => {
    expect(judgeBy(same, { returned: { result: own, own }, expected })).toMatchObject({ outcome: 'passed' });
    const difference = float32([4], [1, -1, 0, 3.5]);
    const returned = { result: difference, own, other };
    expect(judgeBy(less, { returned, expected })).toMatchObject({ outcome: 'passed' });
  });

  it('so is the expected result, whatever the own function does', () => {
    expect(judgeBy(same, { returned: { result: right, own: notFinite }, expected })).toMatchObject({
      outcome: 'passed',
    });
  });

  const unrelated = float32([4], [1, 2, 5, 3]);
  const calls = ['own', 'another'].map((id): Call => ({ id, module: 'maps.ts', export: 'maps', args: [] }));
  const batch = (first: TensorData, second: TensorData) => float32([2, 4], [...first.data, ...second.data]);
  it.each([
    ['on one image', batch(unrelated, own), {}, batch(expected.own, expected.own)],
    ['in another call of the same function', unrelated, { another: own }, expected.own],
    ['but for the sign', float32([4], [-2, 0, -1, -5]), {}, expected.own],
  ])('where that is related to the reference’s %s', (_, result, others, reference) => {
    const known = { result: reference, own: reference, another: expected.own };
    const given = { returned: { result, own: result, ...others }, expected: known, calls };
    expect(judgeBy(same, given)).toMatchObject({ outcome: 'passed' });
  });

  it.each([
    ['has nothing to do with the reference’s', unrelated, expected],
    ['is compared with a constant', own, { ...expected, own: constant }],
    ['is of another shape than the reference’s', own, { ...expected, own: float32([2, 2], [4, 0, 2, 10]) }],
  ])('not with one that %s', (_, result, known) => {
    expect(judgeBy(same, { returned: { result, own: result }, expected: known })).toMatchObject({
      outcome: 'failed',
    });
  });

  it.each([
    ['one that is neither', same, { result: other, own }],
    ['a constant', same, { result: constant, own: constant }],
    ['what is not finite', same, { result: notFinite, own: notFinite }],
    ['another shape', same, { result: float32([2, 2], [2, 0, 1, 5]), own: float32([2, 2], [2, 0, 1, 5]) }],
    ['an input', same, { result: input, own: input }],
    ['a difference of the same thing', less, { result: float32([4], [0, 0, 0, 0]), own, other: own }],
  ])('but not %s', (_, definition, returned) => {
    expect(judgeBy(definition, { returned, inputs: { input }, expected })).toMatchObject({
      outcome: 'failed',
    });
  });
});

describe('consistent with what is made of the student’s own results', () => {
  const maps = float32([2, 1, 2], [1, -3, 2, 2]);
  const region = float32([1, 2], [1, 0]);
  const share = check({ orConsistentWith: { share: { call: 'maps' }, inside: { call: 'region' } } });
  const rightShare = { result: float32([2], [0.9, 0.8]), maps: float32([2, 1, 2], [2, 5, 1, 1]) };
  const target = float32([2], [1, 1]);
  const squares = check({
    orConsistentWith: { squares: [{ of: { call: 'own' }, from: { input: 'target' }, weight: 3 }] },
  });
  const own = float32([2], [2, 5]);
  const loss = (value: number) => ({
    returned: { result: float32([], [value]), own },
    expected: { result: float32([], [7]), own: float32([2], [1, 2]) },
    inputs: { target },
  });

  it('the share of each of the own maps inside a region', () => {
    const returned = { result: float32([2], [-0.5, 0.5]), maps, region };
    expect(judgeBy(share, { returned, expected: rightShare })).toMatchObject({ outcome: 'passed' });
  });

  it.each([
    ['another share', float32([2], [0.25, 0.5]), maps],
    ['maps of another shape', float32([2], [-0.5, 0.5]), float32([2, 2], [1, -3, 2, 2])],
    ['maps that are the same everywhere', float32([2], [0.5, 0.5]), float32([2, 1, 2], [1, 1, 1, 1])],
  ])('but not %s', (_, result, ownMaps) => {
    const returned = { result, maps: ownMaps, region };
    expect(judgeBy(share, { returned, expected: rightShare })).toMatchObject({ outcome: 'failed' });
  });

  it('the weighted squares of differences, and no other number', () => {
    expect(judgeBy(squares, loss(3 * (1 + 16)))).toMatchObject({ outcome: 'passed' });
    expect(judgeBy(squares, loss(17))).toMatchObject({ outcome: 'failed' });
  });

  it.each([
    ['a target that does not show beside it', [1e10, 0], 3e20],
    ['a target beside which it does not show', [1e-20, 0], 3 * 2],
    ['an infinite sum', [1e30, 0], Infinity],
    ['nothing, for it equals the target but for rounding', [1, 1.00001], 0],
  ])('but not with %s', (_, mine, value) => {
    const returned = { result: float32([], [value]), own: float32([2], mine) };
    expect(judgeBy(squares, { ...loss(0), returned })).toMatchObject({ outcome: 'failed' });
  });
});

describe('a list of numbers', () => {
  const listed = { value: { list: [{ number: 0.5 }, { number: 0.75 }] }, tensors: {} };
  it.each([
    ['the same numbers', [0.5, 0.75], 'passed'],
    ['one number that differs', [0.5, 0.7], 'failed'],
    ['one number too few', [0.5], 'failed'],
    ['no number', [], 'failed'],
    ['NaN', [0.5, Number.NaN], 'failed'],
    ['a number', 0.5, 'failed'],
    ['a tensor', float32([2], [0.5, 0.75]), 'failed'],
  ])('%s', (_, result, outcome) => {
    expect(judgeBy(check(), { returned: { result }, expected: { result: listed } })).toMatchObject({
      outcome,
    });
  });
});

describe('a check of how code is written', () => {
  const tidy: CheckDefinition = {
    kind: 'memory',
    id: 'leftovers',
    title: 'No tensors are left',
    points: 1,
    case: 'one',
    call: 'result',
    plausible: [{ case: 'one', value: { call: 'result' } }],
  };
  const expected = { result: right };
  const input = float32([4], [3, 1, 2, 0]);
  const observed = (tensor: typeof right) => ({
    result: {
      kind: 'returned' as const,
      value: { tensor: 't' },
      tensors: { t: tensor },
      observed: { kernels: 3, reads: 0, leftover: 0, args: 'intact' as const },
      seconds: 0,
    },
  });

  it('needs no right values', () => {
    expect(judgeBy(tidy, { returned: observed(doubled), expected })).toMatchObject({ outcome: 'passed' });
  });

  it.each([
    ['zeros', float32([4], [0, 0, 0, 0])],
    ['NaN', float32([4], [1, 2, Number.NaN, 4])],
    ['another shape', float32([2, 2], values)],
    ['an input as it came', input],
  ])('is skipped for %s', (_, tensor) => {
    expect(judgeBy(tidy, { returned: observed(tensor), inputs: { input }, expected })).toMatchObject({
      outcome: 'skipped',
    });
  });

  it('says so where the call gave no result', () => {
    const failed = { kind: 'failed', reason: 'threw', summary: 'it threw an error', details: [] } as const;
    const verdict = judgeBy(
      { ...tidy, call: 'other' },
      {
        returned: { ...observed(doubled), other: observed(doubled).result, result: failed },
        expected: { ...expected, other: right },
      },
    );
    expect(verdict).toEqual({ outcome: 'skipped', message: expect.stringContaining('gave no result') });
  });

  const call = (id: string, args: Call['args']): Call => ({ id, module: 'work.ts', export: 'work', args });
  const other = float32([4], [9, 8, 7, 6]);

  it.each([
    ['another input', { tensor: 'second' }, 'skipped'],
    ['the same input with an option, which may have been ignored', { tensor: 'first' }, 'passed'],
  ] as const)('that returns what the call on %s should', (_, argument, outcome) => {
    const calls = [
      call('result', [{ tensor: 'first' }]),
      call('other', [argument, { json: { normalize: false } }]),
    ];
    const given = { returned: observed(other), expected: { ...expected, other }, calls };
    expect(judgeBy(tidy, given)).toMatchObject({ outcome });
  });
});
