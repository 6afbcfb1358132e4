import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHtml } from '../../grader/report/html.ts';
import { toJson } from '../../grader/report/json.ts';
import { toTerminal } from '../../grader/report/terminal.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { checkResult, sampleReport } from '../gradescope/sample-report.ts';
import { fairShare } from '../../grader/report/page/picture-addresses.ts';
import { HOSTILE, picture, sampleChecks, sampleMap } from './evidence.ts';

describe('the HTML report', () => {
  it('shows points, outcomes, messages and notices', () => {
    const failed = checkResult({ id: 'b', outcome: 'failed', earned: 0, points: 1, message: ['why', 'how'] });
    const notices = [{ severity: 'warning', text: 'look here' }] as const;
    const checks = [checkResult({}), failed];
    const html = toHtml(sampleReport(checks, { notices }));
    expect(html).toContain('<strong>2</strong> of 3 public points');
    const both = sampleReport([...checks, checkResult({ id: 'c', half: 'private' })]);
    expect(toHtml(both)).toMatch(/<strong>\d<\/strong> of \d points/);
    expect(html).toContain('1 failed, 1 passed');
    expect(html).toContain('<pre class="message">why\nhow</pre>');
    expect(html).toContain('<strong>Warning</strong> <span>look here</span>');
  });

  it('puts what failed before what passed, in parts and in a part', () => {
    const failed = checkResult({ id: 'b', title: 'it fails', outcome: 'failed', message: ['why'] });
    const report = sampleReport([checkResult({ title: 'it passes' }), failed]);
    const passed = { ...report.parts[0], id: 'zero', title: 'Part zero', checks: [checkResult({})] };
    const html = toHtml({ ...report, parts: [passed, ...report.parts] });
    expect(html.indexOf('it fails')).toBeLessThan(html.indexOf('it passes'));
    expect(html.indexOf('Part one')).toBeLessThan(html.indexOf('Part zero'));
  });

  it('calls what was received yours to students alone', () => {
    const shown = (audience: 'students' | 'staff'): string =>
      toHtml(sampleReport(sampleChecks()), { audience }).replace(/<(script|style)>[^]*?<\/\1>/g, '');
    expect(shown('students')).toContain('yours');
    expect(shown('staff')).not.toContain('yours');
    expect(shown('staff')).toContain('<strong>the student’s − expected</strong>');
  });

  it('has no tag that a text brought along', () => {
    const html = toHtml(sampleReport(sampleChecks(), { notices: [{ severity: 'info', text: HOSTILE }] }), {
      audience: 'staff',
      handout: () => `"><script>`,
    });
    expect(html.match(/<(?:script|style|base|img src=x)\b/g)).toEqual(['<style', '<script']);
    expect(html).not.toMatch(/<[^>]* (?:style|on\w+)=/);
  });

  it('allows its own script and style by their hashes, and nothing from elsewhere', () => {
    const html = toHtml(sampleReport(sampleChecks()));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)![1].split('; ');
    const hashOf = (tag: string): string => {
      const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)![1];
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy).toEqual([
      "default-src 'none'",
      'img-src data:',
      `style-src ${hashOf('style')}`,
      `script-src ${hashOf('script')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(toHtml(sampleReport([]), { live: true })).toContain("; connect-src 'self';");
  });

  it('links to handouts where there are any', () => {
    const html = toHtml(sampleReport([]), { handout: (part) => `handouts/${part}.md` });
    expect(html).toContain('<a href="handouts/one.md">Handout</a>');
    expect(toHtml(sampleReport([]))).not.toContain('Handout');
  });

  it('shrinks its pictures rather than growing beyond bounds', () => {
    const noise = { width: 600, height: 600, data: new Uint8Array(4 * 600 * 600) };
    let state = 1;
    for (let i = 0; i < noise.data.length; i++) {
      state = (state * 48_271) % 2_147_483_647;
      noise.data[i] = state % 256;
    }
    const checks = Array.from({ length: 4 }, (_, i) =>
      checkResult({
        id: `p${i}`,
        outcome: 'failed',
        message: ['x'],
        pictures: { expected: { ...noise }, received: { ...noise } },
      }),
    );
    expect(toHtml(sampleReport(checks)).length).toBeLessThan(5_000_000);
  });
});

describe('a page that explains some checks', () => {
  const checks = [
    checkResult({ id: 'a', title: 'it passes' }),
    checkResult({ id: 'b', title: 'it passes, too' }),
    checkResult({ id: 'c', title: 'it fails', outcome: 'failed', message: ['why'] }),
    checkResult({ id: 'd', title: 'it is private', half: 'private' }),
  ];
  const said = (line: string) => [{ heading: `about ${line}`, lines: [line, HOSTILE], isCode: true }];
  const explanation = {
    parts: new Map([['one', said('the part')]]),
    checks: new Map(['a', 'b', 'd'].map((id) => [`one/${id}`, said(`check ${id}`)])),
    isByName: true,
  };
  const html = toHtml(sampleReport(checks), { audience: 'staff', explanation });

  it('says what there is to say of the part and of each check', () => {
    expect(html).toContain('<figcaption>about the part</figcaption>');
    expect(html).toContain('tabindex="0">check a\n&lt;img');
  });

  it('shows those that were asked for, open, and no others', () => {
    expect(html).not.toContain('it fails');
    expect(html).toContain('<span>explained: 3 of 4 checks</span>');
    expect(html.match(/<details class="check passed"[^>]* open>/g)).toHaveLength(3);
    expect(html).not.toContain('<details class="fold">');
  });

  it('frames what is said of a private check', () => {
    expect(html.match(/<strong>Private\.<\/strong>/g)).toHaveLength(1);
    expect(html).toMatch(/<div class="staff">.*about check d/);
  });
});

describe('what a private check found', () => {
  const check = checkResult({
    outcome: 'failed',
    half: 'private',
    message: ['wrong on an input that you have not seen'],
    staffOnly: {
      message: ['canary in a message'],
      tensors: sampleMap(),
      pictures: { expected: picture(1), received: picture(2) },
    },
  });
  const report = sampleReport([check]);

  /** Gradescope stores `extra_data` for the staff. */
  function shownByGradescope(): string {
    return JSON.stringify({
      ...toGradescope(report, { policy: { pictures: 'html' } }),
      extra_data: undefined,
    });
  }

  it('is on the staff’s page', () => {
    const html = toHtml(report, { audience: 'staff' });
    expect(html).toContain('canary in a message');
    expect(html).toMatch(/up to 10+ times the tolerance|more than 1000 times the tolerance/);
    expect(html).toMatch(/data:image\/png.*data-cells=/s);
  });

  it.each([
    ['students’ page', () => toHtml(report)],
    ['students’ page, live', () => toHtml(report, { audience: 'students', live: true })],
    ['JSON', () => toJson(report)],
    ['terminal', () => toTerminal(report, { colour: false })],
    ['results of Gradescope, as far as students are shown them', shownByGradescope],
  ])('is not in the %s', (_, render) => {
    const text = render().replace(/<(script|style)>[^]*?<\/\1>/g, '');
    expect(text).toContain('that you have not seen');
    expect(text).not.toMatch(/canary|data:image\/|staffOnly|cells/);
  });
});

it.each([
  ['all have room', [10, 20], 100, Infinity],
  ['all want the same', [50, 50], 60, 30],
  ['the small leave room to the large', [10, 100, 200], 130, 60],
])('a budget is shared fairly where %s', (_, wanted, budget, most) => {
  expect(fairShare(wanted, budget)).toBe(most);
});
