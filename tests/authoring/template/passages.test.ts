import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import { keepPassages } from '../../../authoring/template/passages.ts';
import { assignment } from '../../../reference/assignment.ts';
import { ROOT } from '../../../repository.ts';

const PAGE = `Always.

<!-- on the embedded networks -->
Five points.

<!-- on a course's own network -->
A spider.

<!-- on any network -->
Always, too.
`;

describe('passages of a page', () => {
  it('are kept for the networks that they speak of, and all others always', () => {
    expect(keepPassages(PAGE, 'embedded')).toBe('Always.\n\nFive points.\n\nAlways, too.\n');
    expect(keepPassages(PAGE, 'own')).toBe('Always.\n\nA spider.\n\nAlways, too.\n');
  });

  it('leave one blank line where marks stand between two, and all other lines as they are', () => {
    const spaced = PAGE.replaceAll('-->\n', '-->\n\n');
    expect(keepPassages(spaced, 'embedded')).toBe(keepPassages(PAGE, 'embedded'));
    expect(keepPassages(spaced, 'own')).toBe(keepPassages(PAGE, 'own'));
    expect(keepPassages('a\n\n\nb\n', 'own')).toBe('a\n\n\nb\n');
  });

  it.each([
    ['a misspelt mark', 'Text\n<!-- on the embeded networks -->\n', /^line 2: .* is no mark; the marks are /],
    ['an indented mark', ' <!-- on any network -->\n', /^line 1: .* is no mark/],
    [
      'a passage without an end',
      '<!-- on the embedded networks -->\nText\n',
      /^line 1: no .* ends this passage/,
    ],
  ])('are refused with %s', (_, page, message) => {
    expect(() => keepPassages(page, 'own')).toThrow(message);
  });

  it('leave in the handouts of a course of its own nothing of the shapes that its network has never seen', () => {
    const template = generateTemplate({ root: ROOT, assignment: { ...assignment, networks: 'own' } });
    const pages = ['class-visualization', 'saliency-map', 'grad-cam', 'style-transfer'];
    for (const id of pages) {
      const page = String(template.get(`handouts/${id}.md`));
      expect(page).not.toMatch(/<!-- on /);
      expect(page).not.toMatch(/\b(?:triangle|heart|five points|knows ten|landscape|the shapes?\b(?! of))/i);
    }
    const embedded = readFileSync(join(ROOT, 'student-template/handouts/class-visualization.md'), 'utf8');
    expect(embedded).toContain('five points, three corners');
    expect(embedded).not.toMatch(/<!-- on /);
  });
});
