import { expect, it } from 'vitest';
import type { ShippedPart } from '../../../authoring/template/layout.ts';
import { completeReport } from '../../../authoring/template/report.ts';
import { readReport } from '../../../reference/lib/report/read-report.ts';
import { temporaryFolder, writeFiles } from './small-assignment.ts';

const written = '# Report\n\n## 1. One\n\n> **1.** Why?\n\n*Your answer.*\n\n## 2. Two\n\n> **3b.** And?\n';

function reportWith(pages: Record<string, string>, more: Partial<ShippedPart> = {}): string {
  const directory = temporaryFolder();
  writeFiles(directory, pages);
  const parts = Object.keys(pages).map((report) => ({
    id: report,
    directory,
    files: {},
    handout: 'handout.md',
    report,
    ...more,
  }));
  return (
    completeReport({ parts, content: new Map([['report/report.md', written]]) }).get('report/report.md') ?? ''
  );
}

const added =
  '## Occlusion\n\n> **a.** What did you cover?\n\n*Your answer.*\n\n> **b.** (Bonus) And then?\n';

it('an added part brings its questions with it, numbered behind the others', () => {
  const { sections } = readReport(reportWith({ 'occlusion.md': added, 'lime.md': added }));
  expect(sections.map(({ title }) => title)).toEqual(['1. One', '2. Two', '4. Occlusion', '5. Occlusion']);
  const questions = sections.flatMap((section) => section.questions);
  expect(questions.map(({ label, bonus }) => (bonus ? `${label} bonus` : label))).toEqual([
    '1',
    '3b',
    '4a',
    '4b bonus',
    '5a',
    '5b bonus',
  ]);
});

it('a part that is solved, or brings none, changes nothing', () => {
  expect(reportWith({ 'occlusion.md': added }, { solved: true })).toBe('');
  expect(reportWith({})).toBe('');
});

it.each([
  ['no heading', '> **a.** Why?'],
  ['no question', '## Occlusion\n\nWhy?'],
])('a page with %s is refused, with what to write', (_, text) => {
  expect(() => reportWith({ 'occlusion.md': text })).toThrow(/occlusion\.md.*begin it with "## Title"/);
});
