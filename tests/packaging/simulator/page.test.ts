import { describe, expect, it } from 'vitest';
import { studentPage } from '../../../packaging/simulator/page.ts';
import { renderFormat, sanitize } from '../../../packaging/simulator/render-format.ts';

describe('texts of results as HTML', () => {
  it.each([
    ['a script', '<script>alert(1)</script>', 'alert(1)'],
    ['a handler', '<p onclick="x()">a</p>', '<p>a</p>'],
    ['a picture from elsewhere', '<img src="https://example.org/a.png">', ''],
    ['a link', '<a href="javascript:x()">a</a>', 'a'],
    ['a tag that never ends', '<img src=x onerror=alert(1)', '&lt;img src=x onerror=alert(1)'],
    ['a tag in a tag', '<<b>img src=x>', '&lt;<b>img src=x>'],
  ])('%s is made harmless', (_, html, harmless) => {
    expect(sanitize(html)).toBe(harmless);
  });

  it('keeps a picture that is in the text itself', () => {
    const html = '<img src="data:image/png;base64,AAAA" alt="expected picture" onload="x()">';
    expect(sanitize(html)).toBe('<img src="data:image/png;base64,AAAA" alt="expected picture">');
  });

  it.each([
    ['text', '<b>', '<pre>&lt;b&gt;</pre>'],
    ['simple_format', 'a\nb\n\nc', '<p>a<br>b</p>\n<p>c</p>'],
    ['ansi', '\u001B[31mred\u001B[0m', '<pre>red</pre>'],
    ['md', '**a**', '<p><strong>a</strong></p>\n'],
  ] as const)('%s', (format, text, html) => {
    expect(renderFormat(text, format)).toBe(html);
  });
});

it('the student’s page has no trace of a hidden test', () => {
  const results = {
    score: 1,
    tests: [
      { name: 'seen', score: 1, max_score: 1 },
      { name: 'secret', output: 'canary', score: 0, max_score: 1, visibility: 'hidden' as const },
    ],
  };
  const html = studentPage({ results, autograderError: false, warnings: [] }, 'published');
  expect(html).toContain('seen');
  expect(html).not.toMatch(/secret|canary/);
});
