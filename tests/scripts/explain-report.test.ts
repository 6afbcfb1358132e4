import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import type { LoadedPart } from '../../grader/assignment/loaded.ts';
import { FIXTURES } from '../../repository.ts';
import { explainReport } from '../../scripts/explain/explain-report.ts';
import { checkResult, sampleReport } from '../gradescope/sample-report.ts';

const assignment = loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);
const tvLoss = assignment.parts.find(({ id }) => id === 'tv-loss')!;

/** A report in which checks of a part ended in a way, all of them if not said otherwise. */
function reportOn(
  change: Parameters<typeof checkResult>[0],
  of: LoadedPart = tvLoss,
  isMeant: (id: string) => boolean = () => true,
) {
  const checks = of.checks.map(({ check: { id, title }, half }) =>
    checkResult({ id, title, half, part: of.id, ...(isMeant(id) ? change : {}) }),
  );
  const [part] = sampleReport(checks).parts;
  return sampleReport(checks, { parts: [{ ...part, id: of.id }] });
}

const explained = (
  report: ReturnType<typeof reportOn>,
  isByName: boolean,
  grading: 'later' | 'never' = 'never',
) =>
  explainReport({
    ...{ assignment, report, files: new Map(), grading, networks: 'embedded', reveal: false },
    asked: { parts: undefined, isWanted: ({ outcome }) => outcome !== 'passed', isByName },
  });

it('names what was not attempted in a line, and says more of it where somebody asks', async () => {
  const report = reportOn({ outcome: 'not-attempted', earned: 0, message: ['Not attempted yet.'] });
  const { text, explanation } = await explained(report, false);
  expect(text.filter((line) => line.includes('not attempted'))).toEqual([
    `    not attempted: ${tvLoss.checks.map(({ check }) => check.id).join(', ')}`,
  ]);
  expect(text.length).toBeLessThan(6);
  expect(explanation.checks.size).toBe(tvLoss.checks.length);
  const { text: asked } = await explained(report, true);
  expect(asked).toContain('tv-loss/by-hand: not attempted, 0 of 2 points, public');
  expect(asked.join('\n')).toContain('const loss = tvLoss(image, 0.5);');
});

it('says of points above those of a part that bonus is in them', async () => {
  const report = reportOn({ outcome: 'failed', earned: 0, bonus: true });
  const [part] = report.parts;
  const above = { ...report, parts: [{ ...part, earned: 7.875, points: 6 }] };
  const { text } = await explained(above, false);
  expect(text).toContain('== Part one: 7.875 of 6 points, with bonus');
  expect(text).toContain('tv-loss/by-hand: FAILED, 0 of 2 bonus points, public');
  expect((await explained(report, false)).text.join('\n')).not.toContain('with bonus');
});

it('tells how long a part took, and how much memory where that is known', async () => {
  const report = reportOn({ outcome: 'failed' });
  const { text, explanation } = await explained(report, false);
  expect(text).toContain('  how its checks ended (0.1 s, 178 MiB of memory)');
  expect(explanation.parts.get('tv-loss')![0].heading).toContain('(0.1 s, 178 MiB of memory)');
  const { peakBytes: _, ...elsewhere } = report.parts[0];
  const { text: unknown } = await explained({ ...report, parts: [elsewhere] }, false);
  expect(unknown).toContain('  how its checks ended (0.1 s)');
});

it('offers no known mistake where nothing was returned that one could be known by', async () => {
  const nothing =
    'no call returned anything where the failed checks look: there are no values to know a mistake by';
  const all = reportOn({ outcome: 'failed', returnedNothing: true });
  const { text } = await explained(all, false, 'later');
  expect(text).toContain(`    ${nothing}`);
  expect(text.join('\n')).not.toMatch(/known mistake “|finds out/);
  const some = reportOn({ outcome: 'failed', returnedNothing: true }, tvLoss, (id) => id === 'by-hand');
  const others = some.parts[0].checks.map((one) =>
    one.id === 'by-hand' ? one : { ...one, outcome: 'failed' as const },
  );
  const partly = { ...some, parts: [{ ...some.parts[0], checks: others }] };
  const lines = (await explained(partly, false)).text;
  expect(lines.join('\n')).toContain('known mistake “absolute-value”');
  expect(lines).toContain('    where 1 check of these looks, no call returned anything to compare');
});

it('begins with the known mistake that a message names', async () => {
  const cause = 'You add up absolute differences; this course squares them.';
  const report = reportOn({ outcome: 'failed', message: [`Likely cause: ${cause}`] });
  const mistakes = async (of: typeof report): Promise<string[]> =>
    (await explained(of, false)).text.filter((line) => line.includes('known mistake “'));
  expect((await mistakes(report))[0]).toContain('known mistake “absolute-value”');
  // Another one fails more of the same checks.
  const [part] = report.parts;
  const checks = part.checks.map((one) =>
    one.id === 'batch' ? one : { ...one, outcome: 'passed' as const },
  );
  const named = await mistakes({ ...report, parts: [{ ...part, checks }] });
  expect(named[0]).toMatch(/shares 11 % of the failed checks with the known mistake “absolute-value”/);
  expect(named.slice(1).join()).toContain('known mistake “mean-over-the-batch”');
});

it('says what finds out which of several known mistakes is nearest, and that it takes --reveal where all is private', async () => {
  const { text } = await explained(reportOn({ outcome: 'failed' }), false, 'later');
  expect(text).toContain('    which of them is nearest, --part tv-loss finds out');
  const quiz = assignment.parts.find(({ id }) => id === 'concept-quiz')!;
  const failed = reportOn({ outcome: 'failed' }, quiz, (id) => id === 'saliency');
  const { text: ofQuiz } = await explained(failed, false, 'later');
  expect(ofQuiz).toContain('    which of them is nearest, --part concept-quiz with --reveal finds out');
});
