import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { nextStep } from '../../grader/practice/next-step.ts';
import { practiceText } from '../../grader/practice/practice-text.ts';
import type { CheckResult, GradeReport, PartResult } from '../../grader/report/grade-report.ts';
import { FIXTURES } from '../../repository.ts';
import { checkResult, sampleReport } from '../gradescope/sample-report.ts';

const assignment = loadAssignment([join(FIXTURES, 'public')]);

const open: Partial<CheckResult> = { outcome: 'not-attempted', earned: 0 };
const failed: Partial<CheckResult> = { outcome: 'failed', earned: 0 };
/** A check of another part's function, without points. */
const gate: Partial<CheckResult> = { title: 'your map is right', points: 0, earned: 0 };

function reportOn(parts: Record<string, Partial<CheckResult>[]>): GradeReport {
  const results = Object.entries(parts).map(([part, changes]): PartResult => {
    const [result] = sampleReport(changes.map((change) => checkResult({ part, ...change }))).parts;
    return { ...result, id: part, title: part };
  });
  return { ...sampleReport([]), parts: results };
}

const after = (parts: Record<string, Partial<CheckResult>[]>): string =>
  nextStep(reportOn(parts), assignment);

describe('the next step', () => {
  it('is the order of the parts while none is under way, although a part builds on a finished one', () => {
    const next = after({ 'class-visualization': [open], 'saliency-map': [{}], contrastive: [gate, open] });
    expect(next).toMatch(/^choose a part in handouts\/README\.md/);
  });

  it('is to go on with a part that is under way', () => {
    const next = after({ 'class-visualization': [open], 'tv-loss': [{}, open] });
    expect(next).toBe(
      'read handouts/tv-loss.md and write style-modules/tv-loss.ts, then npm run check tv-loss',
    );
  });

  it('is the page of the part, where one alone was checked', () => {
    expect(after({ 'tv-loss': [open] })).toContain('read handouts/tv-loss.md');
  });

  it('names no file for a mistake in a function of another part, and what has points before it', () => {
    const wrongGate = { ...gate, ...failed };
    expect(after({ contrastive: [wrongGate, open] })).toBe(
      'fix “your map is right”, then npm run check contrastive',
    );
    expect(after({ contrastive: [wrongGate, { ...failed, title: 'contrast is right' }] })).toBe(
      'fix “contrast is right” in introspection/contrastive.ts, then npm run check contrastive',
    );
  });
});

describe('the next step before any verdict counts', () => {
  const tvLoss = 'style-modules/tv-loss.ts';
  const wrong = { ...failed, title: 'tvLoss gives 22' };

  it('is the compile error, wherever it is', () => {
    const message = [
      `${tvLoss} does not compile`,
      `${tvLoss}:27:12: Expression expected.`,
      '    const x = (;',
    ];
    expect(after({ 'saliency-map': [wrong], 'tv-loss': [{ ...wrong, message }] })).toBe(
      `fix the error at ${tvLoss}:27:12: Expression expected, then npm run check tv-loss`,
    );
  });

  it('is the name of the function', () => {
    const message = [`${tvLoss} exports no function tvLoss; keep the names of the template`];
    expect(after({ 'tv-loss': [{ ...wrong, message }] })).toBe(
      `export the function tvLoss from ${tvLoss}, by this very name, then npm run check tv-loss`,
    );
  });

  it.each([
    ['style-modules/tv_loss.ts', `rename style-modules/tv_loss.ts to ${tvLoss}`],
    ['style-modules/mine.ts', `restore ${tvLoss}, which is missing, from the assignment's zip`],
  ])('is the name of the file, where there is %s', (other, expected) => {
    const notices = [
      `${other} was not taken: it is not one of the files to submit`,
      `${tvLoss} is not in the submission; its functions count as not attempted`,
    ].map((text) => ({ severity: 'warning' as const, text }));
    const report = { ...reportOn({ 'tv-loss': [open] }), notices };
    expect(nextStep(report, assignment, { watching: true })).toBe(expected);
  });
});

describe('the next step of watch', () => {
  it.each([[failed], [open]])('is no command, since a save is checked by itself: %j', (check) => {
    const report = reportOn({ 'tv-loss': [check] });
    expect(nextStep(report, assignment, { watching: true })).toMatch(/style-modules\/tv-loss\.ts$/);
  });
});

it('calls the quiz as its page does', () => {
  expect(after({ 'concept-quiz': [open] })).toBe(
    'read handouts/concept-quiz.md and answer quiz.md, then npm run check quiz',
  );
});

describe('the text of all parts', () => {
  const text = (parts: Record<string, Partial<CheckResult>[]>): string =>
    practiceText(reportOn(parts), { colour: false, assignment, privateChecks: {}, detailed: false });

  it('gives a line to a part of which nothing is written, whatever it builds on', () => {
    const waiting = { outcome: 'skipped', earned: 0 } as const;
    expect(text({ contrastive: [gate, waiting, open] })).toContain('○ not attempted yet: 3 checks');
  });

  it('says of a part whose points are all private how many there are', () => {
    const hidden = [3, 1].map((points) => ({ title: 'is right', points, bonus: false }));
    const report = { ...reportOn({ 'concept-quiz': [{ ...open, points: 0 }] }), points: 0, score: 0 };
    const lines = practiceText(report, {
      colour: false,
      assignment,
      privateChecks: { 'concept-quiz': hidden },
      detailed: false,
    });
    expect(lines).toContain('concept-quiz  4 private points\n');
    expect(lines).toMatch(/\nNo public points, 4 private {2}\(1 not attempted; [\d.]+ s\)\n/);
  });

  it('shows the checks of one without points, such as the form of a quiz', () => {
    expect(text({ 'concept-quiz': [{ ...failed, points: 0, title: 'can be read' }] })).toContain(
      '✗ can be read',
    );
  });
});
