import { describe, expect, it } from 'vitest';
import { toHtml } from '../../grader/report/html.ts';
import { checkResult, sampleReport } from '../gradescope/sample-report.ts';

describe('the HTML report', () => {
  it('shows points, outcomes, messages and notices', () => {
    const failed = checkResult({ id: 'b', outcome: 'failed', earned: 0, points: 1, message: ['why', 'how'] });
    const notices = [{ severity: 'warning', text: 'look here' }] as const;
    const html = toHtml(sampleReport([checkResult({}), failed], { notices }));
    expect(html).toContain('2 of 3 points');
    expect(html).toContain('1 passed, 1 failed');
    expect(html).toContain('<pre>why\nhow</pre>');
    expect(html).toContain('<li class="warning">look here</li>');
  });

  it('shows a stranger’s text letter by letter', () => {
    const text = '<img src=x onerror="alert(1)">&';
    const html = toHtml(
      sampleReport([checkResult({ outcome: 'failed', message: [text], title: text })], {
        notices: [{ severity: 'info', text }],
        submission: { name: text, sha256: '', files: 1, untouched: false },
      }),
    );
    expect(html.match(/&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;&amp;/g)).toHaveLength(4);
    expect(html).not.toContain('<img');
  });

  it('needs no other file: pictures are in the text', () => {
    const grey = { width: 4, height: 4, data: new Uint8Array(64).fill(128) };
    const check = checkResult({ outcome: 'failed', pictures: { expected: grey, received: grey } });
    const html = toHtml(sampleReport([check]));
    expect(
      html.match(/<img src="data:image\/png;base64,[^"]+" alt="(?:expected|received) picture">/g),
    ).toHaveLength(2);
    expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
  });
});
