import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../grader/gradescope/markdown.ts';
import { parseMetadata } from '../../grader/gradescope/metadata.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { policy } from '../../grader/assignment/policy.ts';
import { randomStream } from '../../reference/lib/random.ts';
import { checkResult, sampleReport } from './sample-report.ts';

describe('the Gradescope reporter', () => {
  it('gives each check its number, points and status, and the total as the score', () => {
    const failed = checkResult({ id: 'b', outcome: 'failed', earned: 0, points: 1, message: ['wrong'] });
    const results = toGradescope(sampleReport([checkResult({}), failed]));
    expect(results.score).toBe(2);
    expect(
      results.tests?.map(({ number, score, max_score: max, status }) => [number, score, max, status]),
    ).toEqual([
      ['1.1', 2, 2, 'passed'],
      ['1.2', 0, 1, 'failed'],
    ]);
    expect(results.tests?.[1].output).toBe('wrong');
  });

  it('counts bonus points in the score and not in the maximum', () => {
    const results = toGradescope(
      sampleReport([checkResult({}), checkResult({ id: 'b', bonus: true, earned: 3, points: 3 })]),
    );
    expect(results.score).toBe(5);
    expect(results.tests?.reduce((sum, test) => sum + (test.max_score ?? 0), 0)).toBe(2);
  });

  it('cuts a text that Gradescope would cut in the middle, and drops NUL', () => {
    const results = toGradescope(sampleReport([checkResult({ message: [`a\0b${'x'.repeat(200_000)}`] })]));
    expect(results.tests?.[0].output?.length).toBeLessThan(90_020);
    expect(results.tests?.[0].output?.startsWith('abxxx')).toBe(true);
  });

  it('survives JSON: no null anywhere', () => {
    const text = JSON.stringify(toGradescope(sampleReport([checkResult({ used: 0.5 })])));
    expect(text).not.toContain('null');
  });

  it('says whose fault an errored check is', () => {
    const results = toGradescope(sampleReport([checkResult({ outcome: 'errored', earned: 0 })]));
    expect(results.output).toMatch(/grader’s fault.*contact the staff/);
  });

  it('greets the untouched template', () => {
    const report = sampleReport([checkResult({ outcome: 'not-attempted', earned: 0 })]);
    const opening = (untouched: boolean): string | undefined =>
      toGradescope({ ...report, submission: { ...report.submission, untouched } }).output;
    expect(opening(true)).toMatch(/the template as it was handed out/);
    expect(opening(false)).not.toMatch(/handed out/);
    expect(opening(false)).toMatch(/[Nn]o function has been written yet/);
  });

  it('tells the one reason of a refusal first, and no table of zeros', () => {
    const report = sampleReport([checkResult({ outcome: 'skipped', earned: 0 })]);
    const { output } = toGradescope({ ...report, state: 'refused', refusal: 'The zip is empty.' });
    expect(output).toBe(
      '**An assignment: 0 of 2 points**\n\nThis submission cannot be graded: The zip is empty.',
    );
  });
});

describe('what students read', () => {
  it('is a table that keeps its columns, with what was taken off and why', () => {
    const metadata = parseMetadata({
      created_at: '2026-03-02T13:00:00Z',
      assignment: { due_date: '2026-03-02T12:00:00Z' },
    });
    const rules = policy.parse({ late: { per: 'day', percent: 50 } });
    const notices = [{ severity: 'warning', text: 'a_b.ts:1: `x` <b>' }] as const;
    const { output, score } = toGradescope(sampleReport([checkResult({})], { notices }), {
      policy: rules,
      metadata,
    });
    expect(score).toBe(1);
    expect(output).toBe(
      [
        '**An assignment: 1 of 2 points**',
        '```\n            points  checks passed\n1 Part one  2 of 2  1 of 1\n```',
        '- −1 points: Submitted 1 h after the due date (1 day begun): 50 % of the possible points are taken off.',
        '- Warning: a\\_b.ts:1: \\`x\\` &lt;b&gt;',
      ].join('\n\n'),
    );
  });

  it('counts nothing of checks that are hidden, and not the total either', () => {
    const hidden = checkResult({ id: 'h', half: 'private', outcome: 'failed', earned: 0 });
    const rules = policy.parse({ visibility: [{ half: 'private', show: 'after_published' }] });
    const results = toGradescope(sampleReport([checkResult({}), hidden]), { policy: rules });
    expect(results.tests?.map((test) => test.visibility)).toEqual(['visible', 'after_published']);
    expect(results.output).toContain('1 Part one  2 of 2  1 of 1');
    expect(results.output).toContain('and 1 check that is left out here');
    expect(results.output).not.toMatch(/of 4/);
  });

  it('says which parts were not graded in time', () => {
    const whole = sampleReport([checkResult({ outcome: 'skipped', earned: 0 })], { state: 'running' });
    const report = { ...whole, parts: whole.parts.map((part) => ({ ...part, state: 'pending' as const })) };
    expect(toGradescope(report).output).toContain('Not graded: Part one.');
  });
});

describe('pictures of a failed check', () => {
  const grey = { width: 4, height: 4, data: new Uint8Array(64).fill(128) };
  const failed = checkResult({
    outcome: 'failed',
    earned: 0,
    message: ['3 % of the pixels differ <here>'],
    pictures: { expected: grey, received: grey },
  });
  const outputOf = (pictures?: 'markdown' | 'html') =>
    toGradescope(sampleReport([failed]), { policy: { pictures } }).tests![0];

  it('are left out unless the policy asks for them', () => {
    expect(outputOf()).toMatchObject({
      output: '3 % of the pixels differ <here>',
      output_format: 'text',
    });
  });

  it.each([
    [
      'markdown',
      'md',
      /^3 % of the pixels differ &lt;here&gt;\n\nexpected:\n\n!\[expected picture\]\(data:image\/png;base64,/,
    ],
    [
      'html',
      'html',
      /^<pre>3 % of the pixels differ &lt;here&gt;<\/pre>\n<p>expected:<br><img src="data:image\/png;base64,/,
    ],
  ] as const)('come after the text that says the same, as %s', (policyFormat, format, pattern) => {
    const { output, output_format: outputFormat } = outputOf(policyFormat);
    expect(outputFormat).toBe(format);
    expect(output).toMatch(pattern);
    expect(output?.match(/data:image/g)).toHaveLength(2);
  });

  it('and the text stay below what Gradescope cuts', () => {
    const random = randomStream('noise');
    const noise = {
      width: 400,
      height: 400,
      data: Uint8Array.from({ length: 640_000 }, () => 256 * random.uniform()),
    };
    const large = checkResult({
      outcome: 'failed',
      message: ['x'.repeat(200_000)],
      pictures: { expected: noise, received: noise, difference: noise },
    });
    const { output } = toGradescope(sampleReport([large]), { policy: { pictures: 'html' } }).tests![0];
    expect(output?.match(/data:image/g)).toHaveLength(3);
    expect(output!.length).toBeLessThan(90_000);
  });
});

it.each([
  ['an image that calls home', '![x](https://example.org/a.png)'],
  ['a link', '[x](javascript:alert(1))'],
  ['a bare address', 'see https://example.org and www.example.org or me@example.org'],
  ['HTML', '<img src=x onerror=alert(1)>&lt;'],
  ['a heading, a list, a fence', '# a\n- b\n```\nc'],
  ['a numbered list', '1. a'],
  ['a bullet', ' - a'],
  ['emphasis', '**a** _b_ ~~c~~ |d|'],
])('%s in a student’s text is text in Markdown', (_, text) => {
  const html = marked.parse(escapeMarkdown(text), { async: false, gfm: true });
  expect(html).toMatch(/^<p>[^<>]*<\/p>\s*$/);
});
