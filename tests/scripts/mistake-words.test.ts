import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { FIXTURES } from '../../repository.ts';
import { mistakeWords } from '../../scripts/explain/mistake-words.ts';
import { foundBy } from '../../scripts/explain/tell-apart.ts';
import { checkResult } from '../gradescope/sample-report.ts';

const of = (likeness: number, same?: number, compared = 0): string =>
  mistakeWords(
    {
      ...{ name: 'sum', about: 'Adds up.', likeness, isNamed: false },
      ...(same === undefined ? {} : { same }),
    },
    { compared, what: 'values' },
  );

it('says how much a submission fails like a known mistake', () => {
  const exactly = 'fails exactly the same checks as the known mistake “sum”';
  expect(of(1)).toBe(`${exactly}: Adds up.`);
  expect(of(2 / 3)).toBe('shares 67 % of the failed checks with the known mistake “sum”: Adds up.');
  expect(of(1, 1, 1)).toBe(`${exactly}; in the one check compared, the values are the same, too: Adds up.`);
  expect(of(1, 2, 2)).toContain('; in both checks compared, the values are the same, too:');
  expect(of(1, 4, 4)).toContain('; in all 4 checks compared, the values are the same, too:');
  expect(of(1, 1, 4)).toContain('; in 1 of 4 checks compared, the values are the same, too:');
  expect(of(1, 0, 1)).toContain('; in the one check compared, the values differ:');
  expect(of(1, 0, 4)).toContain('; in all 4 checks compared, the values differ:');
});

it('compares what is wrong with memory, and not how many tensors or what the staff reads', () => {
  const assignment = loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);
  const part = assignment.parts.find(({ id }) => id === 'minimal-change')!;
  const found = (message: string, staff: string): string => {
    const staffOnly = { message: [staff] };
    return foundBy(
      checkResult({ id: 'leftovers', outcome: 'failed', message: [message], staffOnly }),
      part,
      new Map(),
    );
  };
  expect(found('3 tensors are left', '3')).toBe(found('12 tensors are left', '12'));
  expect(found('tensors are left', '3')).not.toBe(found('a tensor is disposed of', '3'));
});
