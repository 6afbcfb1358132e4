import { describe, expect, it } from 'vitest';
import type { CheckDefinition } from '../../grader/checks/index.ts';
import type { Verdict } from '../../grader/checks/verdict.ts';
import type { Observation } from '../../grader/format/messages.ts';
import { judgeBy } from './evidence.ts';

const definition: CheckDefinition = {
  kind: 'memory',
  id: 'leftovers',
  title: 'Nothing is left',
  points: 1,
  case: 'one',
  call: 'result',
};
const keeping = { ...definition, keepsArguments: true };

function judge(check: CheckDefinition, observed: Partial<Observation>): Verdict {
  const counts = { kernels: 3, reads: 0, leftover: 0, args: 'intact' as const, ...observed };
  const returned = { kind: 'returned' as const, value: { number: 1 }, tensors: {}, observed: counts };
  return judgeBy(check, { returned: { result: { ...returned, seconds: 0 } } });
}

describe('a check of memory', () => {
  it('fails by the number of tensors left behind', () => {
    expect(judge(definition, {})).toEqual({ outcome: 'passed' });
    expect(judge(definition, { leftover: 2 })).toMatchObject({
      outcome: 'failed',
      details: [expect.stringMatching(/^2 tensors are left behind/)],
    });
    expect(judge({ ...definition, maxLeftover: 2 }, { leftover: 2 })).toEqual({ outcome: 'passed' });
  });

  it.each([
    ['disposed', /disposed of/],
    ['changed', /changed/],
  ] as const)('fails where an argument is %s, if it asks for them', (args, summary) => {
    expect(judge(definition, { args })).toEqual({ outcome: 'passed' });
    expect(judge(keeping, { args })).toMatchObject({
      outcome: 'failed',
      kind: 'own-text',
      summary: expect.stringMatching(summary),
      diagnosis: expect.any(String),
    });
    expect(judge(keeping, {})).toEqual({ outcome: 'passed' });
  });

  it('says first that an argument is disposed of, by which the count is off', () => {
    expect(judge(keeping, { args: 'disposed', leftover: 1 })).toMatchObject({
      details: [expect.stringMatching(/disposed of/)],
    });
    expect(judge(keeping, { args: 'disposed', leftover: -1 })).toMatchObject({ outcome: 'failed' });
  });
});
