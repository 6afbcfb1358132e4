import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../../authoring/fairness/condition.ts';
import { fairnessSection } from '../../../authoring/fairness/page.ts';
import { differences, type SolutionVerdict } from '../../../authoring/fairness/verdicts.ts';

const verdict = (solution: string, checks: Record<string, string>): SolutionVerdict => ({
  solution,
  node: '20.19.0',
  seconds: 2,
  checks,
});

describe('differences between verdicts', () => {
  const plain = [verdict('tv-loss/split', { value: 'passed', batch: 'passed' })];

  it('are none where every check ended alike, however long it took', () => {
    expect(differences(plain, [{ ...plain[0], seconds: 20, node: '24.0.0' }])).toEqual([]);
  });

  it('name the check that ended otherwise', () => {
    const here = [verdict('tv-loss/split', { value: 'passed', batch: 'failed: tvLoss took too long' })];
    expect(differences(plain, here)).toEqual([
      { solution: 'tv-loss/split', check: 'batch', plain: 'passed', here: 'failed: tvLoss took too long' },
    ]);
  });

  it('are what only one side has', () => {
    expect(differences(plain, [])).toHaveLength(2);
    expect(differences([], plain)).toHaveLength(2);
    expect(differences(plain, [verdict('tv-loss/split', { value: 'passed' })])).toEqual([
      { solution: 'tv-loss/split', check: 'batch', plain: 'passed', here: 'not graded' },
    ]);
  });
});

describe('the section on other conditions', () => {
  const one = {
    on: '2026-11-26, 2 x EPYC',
    node: '20.19.0',
    parts: ['tv-loss'],
    hash: 'now',
    solutions: 6,
    checks: 80,
    seconds: 20,
    slower: 1,
    differences: [],
  };

  it('says so where nothing was tried', () => {
    expect(fairnessSection({})).toContain('Not tried yet.');
  });

  it('has a row for what was tried, and a line for each verdict that differs', () => {
    const different = { solution: 'tv-loss/split', check: 'batch', plain: 'passed', here: 'failed' };
    const text = fairnessSection(
      { [PLAIN.name]: one, 'load-8': { ...one, slower: 5.3, differences: [different] } },
      () => 'now',
    );
    expect(text).toContain('| as it is | 20.19.0 | 6 | 80 | 0 | 1 | 2026-11-26, 2 x EPYC |');
    expect(text).toContain('| 8 programs compute beside it | 20.19.0 | 6 | 80 | 1 | 5.3 |');
    expect(text).toContain('- 8 programs compute beside it: `tv-loss/split`, `batch`: passed, here failed');
  });

  it('says so where checks or right solutions have changed since', () => {
    const text = fairnessSection({ [PLAIN.name]: one, 'load-8': { ...one, hash: 'then' } }, (parts) =>
      parts.join() === 'tv-loss' ? 'now' : '',
    );
    expect(text).toContain('| 2026-11-26, 2 x EPYC |');
    expect(text.match(/ \| 2026-11-26, 2 x EPYC, before the last change \|/g)).toHaveLength(1);
  });
});
