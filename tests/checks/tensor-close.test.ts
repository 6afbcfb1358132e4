import { describe, expect, it } from 'vitest';
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
  const same = check({ orConsistentWith: { result: { call: 'own' } } });
  const less = check({ orConsistentWith: { minus: [{ call: 'own' }, { call: 'other' }] } });
  const expected = { result: right };

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

  it.each([
    ['one that is neither', same, { result: other, own }],
    ['a constant', same, { result: constant, own: constant }],
    ['what is not finite', same, { result: notFinite, own: notFinite }],
    ['another shape', same, { result: float32([2, 2], [2, 0, 1, 5]), own: float32([2, 2], [2, 0, 1, 5]) }],
    ['a difference of the same thing', less, { result: float32([4], [0, 0, 0, 0]), own, other: own }],
  ])('but not %s', (_, definition, returned) => {
    expect(judgeBy(definition, { returned, expected })).toMatchObject({ outcome: 'failed' });
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
  ])('is skipped for %s', (_, tensor) => {
    expect(judgeBy(tidy, { returned: observed(tensor), expected })).toMatchObject({ outcome: 'skipped' });
  });
});
