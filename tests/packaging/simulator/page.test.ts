import { describe, expect, it } from 'vitest';
import { studentPage } from '../../../packaging/simulator/page.ts';
import { renderFormat, sanitize } from '../../../packaging/simulator/render-format.ts';

describe('texts of results as HTML', () => {
  it.each([
    ['a script', '<script>alert(1)</script>', ''],
    ['a script in a tag that is not known', '<svg><script>alert(1)</script></svg>', ''],
    ['a handler', '<p onclick="x()">a</p>', '<p>a</p>'],
    ['a handler after a slash', '<b/onclick=x()>a', 'a'],
    ['a style', '<td style="background:url(//example.org)">a</td>', '<td>a</td>'],
    ['a picture from elsewhere', '<img src="https://example.org/a.png" alt="a">', '<img alt="a">'],
    ['a drawing that could hold a script', '<img src="data:image/svg+xml;base64,AAAA">', '<img>'],
    ['a quote in an attribute', `<img alt='" onload="x()'>`, '<img alt="&quot; onload=&quot;x()">'],
    ['a link', '<a href="javascript:x()">a</a>', 'a'],
    ['a comment', '<!-- <b> -->a', 'a'],
    ['a tag that never ends', '<img src=x onerror=alert(1)', '<img>'],
    ['a tag in a tag', '<<b>img src=x>', '&lt;<b>img src=x&gt;'],
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
