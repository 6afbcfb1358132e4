import { describe, expect, it } from 'vitest';
import { deductionsOf, rejectionOf } from '../../grader/pipeline/judging/apply-policy.ts';
import { policy } from '../../grader/assignment/policy.ts';

const code = { title: 'Part one', prints: 0, compiles: true };
const printing = { ...code, prints: 2 };
const broken = { ...code, compiles: false };

describe('what the rules on code take off a part', () => {
  it.each([
    ['by default nothing for prints', printing, 5, {}, 0],
    ['by default nothing for code that does not compile', broken, 5, {}, 0],
    ['a penalty for prints', printing, 5, { leftoverPrints: 'penalty', leftoverPrintPenalty: 2 }, 2],
    ['no more than was earned', printing, 0.5, { leftoverPrints: 'penalty' }, 0.5],
    ['nothing without prints', code, 5, { leftoverPrints: 'penalty' }, 0],
    ['everything where a part must compile', broken, 1.5, { compileErrors: 'zero-part' }, 1.5],
    [
      'once, not twice',
      { ...broken, prints: 1 },
      1,
      { compileErrors: 'zero-part', leftoverPrints: 'penalty' },
      1,
    ],
    ['nothing where nothing was earned', broken, 0, { compileErrors: 'zero-part' }, 0],
  ])('%s', (_, part, earned, rules, off) => {
    const deductions = deductionsOf(part, earned, policy.parse(rules));
    expect(deductions.reduce((sum, { points }) => sum + points, 0)).toBe(off);
    expect(deductions.every(({ why }) => why.includes('Part one'))).toBe(true);
  });
});

describe('rejection of a whole submission', () => {
  it.each([
    ['nothing by default', [printing, broken], {}, undefined],
    ['prints', [code, printing], { leftoverPrints: 'reject' }, /print statements were left/],
    ['no prints', [code, broken], { leftoverPrints: 'reject' }, undefined],
    ['a compile error', [code, broken], { compileErrors: 'reject' }, /Part one does not compile/],
    ['all parts compile', [code, printing], { compileErrors: 'reject' }, undefined],
  ])('%s', (_, parts, rules, why) => {
    const reason = rejectionOf(parts, policy.parse(rules));
    if (why) expect(reason).toMatch(why);
    else expect(reason).toBeUndefined();
  });
});
