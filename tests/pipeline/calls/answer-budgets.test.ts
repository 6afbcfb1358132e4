import { describe, expect, it } from 'vitest';
import { loadAssignment } from '../../../grader/assignment/load.ts';
import { MiB } from '../../../grader/format/units.ts';
import { answerBudgets } from '../../../grader/pipeline/calls/answer-budgets.ts';
import { ASSIGNMENT } from '../../../repository.ts';

const { parts } = loadAssignment(ASSIGNMENT);
const budgetsOf = (id: string) => answerBudgets(parts.find((part) => part.id === id)!);

describe('what an answer may hold', () => {
  it('follows from the expected value: eight times its bytes, at least 1 MiB, a few tensors more', () => {
    const small = budgetsOf('content-loss').of('by-hand', 'loss');
    expect(small).toEqual({ bytes: MiB, tensors: 9, expected: { bytes: 4, tensors: 1 } });
    const guided = budgetsOf('grad-cam').of('deep-layers', 'guided');
    expect(guided.bytes).toBe(8 * guided.expected!.bytes);
    expect(guided.bytes).toBeGreaterThan(MiB);
  });

  it('follows from the sides of an expected picture', () => {
    const { bytes, expected } = budgetsOf('saliency-map').of('picture', 'picture');
    expect(expected).toMatchObject({ tensors: 1 });
    expect(bytes).toBe(2 * expected!.bytes);
  });

  it('follows from the inputs where the fixtures do not hold all that the reference returned', () => {
    const { bytes, tensors, expected } = budgetsOf('tv-loss').of('sizes', 'large');
    expect({ bytes, tensors, expected }).toEqual({ bytes: 8 * MiB, tensors: 258, expected: undefined });
  });

  it('is small for every call of the assignment, and for all of a part together', () => {
    for (const part of parts) {
      const budgets = answerBudgets(part);
      expect(budgets.partBytes).toBeLessThanOrEqual(64 * MiB);
      for (const [id, { plan }] of part.cases) {
        for (const call of [...plan.calls, ...plan.derived]) {
          expect(budgets.of(id, call.id).bytes, `${part.id}/${id}/${call.id}`).toBeLessThanOrEqual(20 * MiB);
        }
      }
    }
  });
});
