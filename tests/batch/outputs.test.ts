import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, describe, expect, it } from 'vitest';
import { comparisonCsv, comparisonText } from '../../batch/compare/comparison-text.ts';
import { checkStatistics, passRate } from '../../batch/outputs/check-statistics.ts';
import { rowsToUpload, type GradedSubmission } from '../../batch/outputs/class-result.ts';
import { canvasCsv, gradescopeCsv, plainCsv } from '../../batch/outputs/grades-csv.ts';
import { scoreChart, timeChart } from '../../batch/outputs/page/charts.ts';
import { classPage } from '../../batch/outputs/page/class-page.ts';
import { resultsJsonl } from '../../batch/outputs/results-jsonl.ts';
import { writeOutputs } from '../../batch/outputs/write-outputs.ts';
import { BatchFolder } from '../../batch/store/batch-folder.ts';
import { leftOutLines, summaryOf, summaryText } from '../../scripts/class/summary.ts';
import { check, entry, graded, report } from './graded.ts';

const ada = { name: 'Ada “A” Park', sid: '0123', email: 'ada@university.example' };
const hostile = { name: '=HYPERLINK("http://x")', sid: '77', email: '' };
/** Where the rows of the grades are not looked at. */
const NO_ROWS = { rows: { findable: 1, others: [] } };
const all = [
  graded('lost', [], { entry: { state: 'failed', troubles: ['the worker was ended by SIGKILL'] } }),
  graded(
    'one',
    [check('a'), check('b', { outcome: 'failed', earned: 0, message: ['x', 'Hint: square it.'] })],
    {
      people: [ada, hostile],
    },
  ),
  graded('two', [check('a'), check('b', { outcome: 'skipped', earned: 0 })], { entry: { score: 2 } }),
  graded('<img src=x onerror=alert(1)>', [
    check('a', { outcome: 'not-attempted', earned: 0 }),
    check('b', { outcome: 'failed', earned: 0, message: ['<script>alert(1)</script>'] }),
  ]),
];

describe('the grades of a class', () => {
  it('have a row for each person, no score for what failed through us, and no formula', () => {
    const rows = plainCsv(all).trim().split('\n');
    expect(rows[0]).toBe('Name,SID,Email,Submission,Submitted,State,Score,Points,part');
    expect(rows[1]).toBe('lost,,,lost,2026-04-20T11:05:30.123Z,failed,,2,1');
    expect(rows[2]).toBe(
      'Ada “A” Park,0123,ada@university.example,one,2026-04-20T11:05:30.123Z,graded,1,2,1',
    );
    expect(rows[3]).toContain(`"'=HYPERLINK(""http://x"")",77`);
    expect(rows).toHaveLength(6);
  });

  it('are no formula and no command to the terminal in a comparison of two batches either', () => {
    const changed = [{ id: 'one', names: [hostile.name, 'Eve\u001B[2J'], before: 1, after: 2 }].map(
      (one) => ({
        ...one,
        checks: [{ check: 'part/a', before: 0, after: 1, cause: 'rule' as const }],
      }),
    );
    const comparison = { changed, same: 0, leftOut: [], notCompared: [] };
    expect(comparisonCsv(comparison)).toContain(`one,"'=HYPERLINK(`);
    expect(comparisonText(comparison)).not.toContain('\u001B');
  });

  it('have no score where a check could not be judged', () => {
    const one = [
      graded('half', [check('a', { outcome: 'errored' })], { entry: { errored: 1 }, people: [ada] }),
    ];
    expect(plainCsv(one)).toContain('half,2026-04-20T11:05:30.123Z,graded,,2');
    expect(gradescopeCsv(one)).toContain(',0123,ada@university.example,,2,Ungraded');
    expect(canvasCsv(one)).toContain(',0123,ada@university.example,,\n');
  });

  it('can be taken to Gradescope and Canvas', () => {
    expect(gradescopeCsv(all).split('\n')[1]).toBe(
      'Ada “A” Park,0123,ada@university.example,1,2,Graded,one,2026-04-20T11:05:30.123Z',
    );
    expect(canvasCsv(all).split('\n').slice(0, 2)).toEqual([
      'Student,ID,SIS User ID,SIS Login ID,Section,Assignment',
      'Ada “A” Park,,0123,ada@university.example,,1',
    ]);
  });

  it('are uploaded of those alone whom a system can find, and all are in grades.csv', () => {
    const byEmail = graded('mail', [], { people: [{ name: 'Bo', sid: '', email: 'bo@x.example' }] });
    const nobody = graded('nobody', [], { people: [{ name: 'Cy', sid: ' ', email: '' }] });
    const some = [...all, byEmail, nobody];
    const rowsOf = (text: string) => text.trim().split('\n').slice(1);
    expect(rowsOf(plainCsv(some))).toHaveLength(7);
    for (const text of [gradescopeCsv(some), canvasCsv(some)]) {
      expect(rowsOf(text).map((row) => row.split(',')[0])).toEqual([
        ...['Ada “A” Park', `"'=HYPERLINK(""http://x"")"`, 'Bo'],
      ]);
    }
    expect(rowsToUpload(some)).toEqual({
      findable: 3,
      others: ['lost', 'two', '<img src=x onerror=alert(1)>', 'Cy (nobody)'],
    });
  });

  it('are a line of JSON for each submission', () => {
    const lines = resultsJsonl(all)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ id }) => id)).toEqual(all.map(({ submitted }) => submitted.id));
    expect(lines[1]).toMatchObject({ checks: { 'part/b': { outcome: 'failed', earned: 0 } } });
  });
});

describe('what is uploaded elsewhere', () => {
  const root = mkdtempSync(join(tmpdir(), 'introspection-outputs-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const uploads = ['grades-canvas.csv', 'grades-gradescope.csv'];

  it('is not written, and not left from before, where a part was not graded of all', () => {
    const folder = new BatchFolder(root);
    const [whole, some] = [graded('whole', [check('a')], { people: [ada] }), graded('some', [check('a')])];
    const partOf = (id: string) => ({
      id,
      title: id,
      earned: 1,
      points: 1,
      seconds: 1,
      checks: [check('a')],
    });
    const write = (parts: { whole: string[]; some: string[] }) => {
      for (const id of ['whole', 'some'] as const) {
        mkdirSync(folder.of(id), { recursive: true });
        writeFileSync(folder.reportOf(id), JSON.stringify(report([], { parts: parts[id].map(partOf) })));
      }
      return writeOutputs({
        submissions: [whole.submitted, some.submitted],
        entries: new Map([whole, some].map(({ entry }) => [entry.id, entry])),
        assigned: ['quiz', 'tv-loss'],
        folder,
      });
    };
    const all = ['quiz', 'tv-loss'];
    const there = () => uploads.filter((name) => existsSync(join(root, name)));
    const links = () =>
      uploads.filter((name) => readFileSync(join(root, 'class.html'), 'utf8').includes(`href="${name}"`));

    expect(write({ whole: all, some: all }).leftOut).toEqual([]);
    expect([there(), links()]).toEqual([uploads, uploads]);
    const { leftOut, graded: read, rows } = write({ whole: all, some: ['quiz'] });
    expect(leftOut).toEqual(['tv-loss']);
    expect([there(), links()]).toEqual([[], []]);
    expect(readFileSync(join(root, 'class.html'), 'utf8')).toContain('since not all have tv-loss graded');
    const rest = { submissions: 2, kept: 0, leftOut, rows, seconds: 1, interrupted: false, out: root };
    expect(summaryText(summaryOf(read, rest)).split('\n').at(-1)).toBe(
      'Nothing is there to upload to Gradescope or Canvas, since not all have tv-loss graded.',
    );
  });

  it('is told where it is not every row, and not written where it is none', () => {
    const write = (people: GradedSubmission['submitted']['people']) => {
      const folder = new BatchFolder(root);
      const both = [graded('known', [check('a')], { people }), graded('unknown', [check('a')])];
      for (const { submitted } of both) {
        mkdirSync(folder.of(submitted.id), { recursive: true });
        writeFileSync(folder.reportOf(submitted.id), JSON.stringify(report([check('a')])));
      }
      const {
        leftOut,
        graded: read,
        rows,
      } = writeOutputs({
        submissions: both.map(({ submitted }) => submitted),
        entries: new Map(both.map(({ entry }) => [entry.id, entry])),
        assigned: ['part'],
        folder,
      });
      const summary = summaryOf(read, {
        ...{ submissions: 2, kept: 0, leftOut, rows, seconds: 1, interrupted: false, out: root },
      });
      const page = readFileSync(join(root, 'class.html'), 'utf8');
      return {
        there: uploads.filter((name) => existsSync(join(root, name))),
        links: uploads.filter((name) => page.includes(`href="${name}"`)),
        facts: parseHTML(page).document.querySelector('.facts')?.textContent,
        summary,
        end: summaryText(summary).split('\n').at(-1),
      };
    };
    const one = write([ada]);
    expect([one.there, one.links]).toEqual([uploads, uploads]);
    expect(one.summary).toMatchObject({ notUploaded: ['unknown'], uploads: true });
    expect(one.facts).toContain('1 row without SID and email, in grades.csv alone');
    expect(one.end).toBe(
      '1 row of grades.csv has neither SID nor email, so grades-gradescope.csv and grades-canvas.csv leave it out; enter by hand: unknown.',
    );
    const none = write([]);
    expect([none.there, none.links]).toEqual([[], []]);
    expect(none.summary).toMatchObject({ notUploaded: ['known', 'unknown'], uploads: false });
    expect(none.end).toBe(
      'Nothing is there to upload to Gradescope or Canvas, since no row of grades.csv has a SID or an email to find somebody by.',
    );
  });
});

describe('the statistics of a check', () => {
  const [, b] = checkStatistics(all);

  it('count outcomes, and leave those out who did not try', () => {
    expect(b).toMatchObject({ passed: 0, failed: 2, skipped: 1, errored: 0, notAttempted: 0 });
    const [a] = checkStatistics(all);
    expect(a).toMatchObject({ passed: 2, notAttempted: 1 });
    expect(passRate(a)).toBe(1);
    expect(passRate({ ...a, passed: 0 })).toBeUndefined();
  });

  it('take a check that was skipped for none that was tried, so that it is no hard one', () => {
    const skipped = check('later', { outcome: 'skipped', earned: 0 });
    const failed = check('first', { outcome: 'failed', earned: 0 });
    const both = [
      graded('stuck', [failed, skipped]),
      graded('also-stuck', [failed, skipped]),
      graded('right', [check('first'), check('later')]),
    ];
    expect(checkStatistics(both).map(passRate)).toEqual([1 / 3, 1]);
    const page = parseHTML(classPage(both, 3)).document;
    const rows = [...page.querySelectorAll('[aria-labelledby=by-check] tbody tr')];
    expect(rows.map((row) => row.children[1].textContent)).toEqual([
      expect.stringContaining('check first'),
      'check later',
    ]);
  });

  it('name what was read most, with examples', () => {
    expect(b.hints).toEqual([
      { text: 'Hint: square it.', submissions: ['one'] },
      { text: '<script>alert(1)</script>', submissions: ['<img src=x onerror=alert(1)>'] },
    ]);
  });
});

/** As a report of a refused submission has its checks. */
const NOT_GRADED = check('a', { outcome: 'not-attempted', earned: 0 });
const refused = (id: string, refusal = 'dan.zip is not a zip file.') =>
  graded(id, [NOT_GRADED], {
    entry: { state: 'refused', score: 0, seconds: 0.1 },
    report: {
      ...{ state: 'refused', refusal, score: 0 },
      parts: [{ id: 'part', title: 'Part', earned: 0, points: 2, seconds: 0, checks: [NOT_GRADED] }],
    },
  });

describe('a refused submission', () => {
  const right = ['one', 'two'].map((id) => graded(id, [check('a')], { entry: { score: 2 } }));
  const page = (all: readonly GradedSubmission[]) => parseHTML(classPage(all, all.length)).document;

  it('is named with what its student reads, at the top of the page', () => {
    const first = page([...right, refused('dan', '<b>no zip')]).querySelector('main > section:first-child');
    expect(first?.querySelector('h2')?.textContent).toBe('Refused');
    expect(first?.querySelector('li')?.textContent).toBe('dan: <b>no zip');
    expect(first?.querySelector('li a')?.getAttribute('href')).toBe('submissions/dan/report.html');
    expect(page(right).getElementById('refused')).toBeNull();
  });

  it('is in no figure and no chart, and has 0 points in the grades', () => {
    const drawn = (all: readonly GradedSubmission[]) => {
      const document = page(all);
      return ['.figures', '[aria-labelledby=scores] svg', '[aria-labelledby=times] svg'].map(
        (selector) => document.querySelector(selector)?.outerHTML,
      );
    };
    expect(drawn([...right, refused('dan')])).toEqual(drawn(right));
    expect(drawn(right)).not.toContain(undefined);
    expect(plainCsv([refused('dan')])).toContain(',refused,0,2,0');
    const dan = refused('dan');
    expect(canvasCsv([{ ...dan, submitted: { ...dan.submitted, people: [ada] } }])).toContain('example,,0');
  });

  it('is named in the summary, ten of them on a terminal', () => {
    const rest = {
      ...NO_ROWS,
      submissions: 14,
      kept: 0,
      leftOut: [],
      seconds: 1,
      interrupted: false,
      out: '/out',
    };
    const many = Array.from({ length: 12 }, (_, i) => refused(`d${i}`, `no zip\n${i}`));
    const summary = summaryOf([...right, ...many], rest);
    expect(summary).toMatchObject({ refused: 12, graded: 14 });
    expect(summary.refusals[11]).toEqual({ id: 'd11', why: 'no zip\n11' });
    const lines = summaryText(summary).split('\n');
    expect(lines[2]).toBe('  d0: no zip\\u{a}0');
    expect(lines[12]).toBe('  and 2 more, which class.html lists');
    expect(summaryText(summaryOf(right, rest)).split('\n')).toHaveLength(2);
  });
});

describe('the summary of a batch', () => {
  it('leads to no page of a class of which nothing is graded yet', () => {
    const rest = {
      ...NO_ROWS,
      submissions: 6,
      kept: 0,
      leftOut: [],
      seconds: 2,
      interrupted: true,
      out: '/out',
    };
    expect(summaryText(summaryOf([], rest))).toBe('0 of 6 submissions graded in 2 s.');
    const lost = graded('lost', [], { entry: { state: 'failed' } });
    expect(summaryText(summaryOf([lost], rest))).toContain('/out/class.html shows the class');
  });
});

describe('a submission in which no check found work', () => {
  const open = check('a', { outcome: 'not-attempted', earned: 0 });
  const rest = {
    ...NO_ROWS,
    submissions: 13,
    kept: 0,
    leftOut: [],
    seconds: 1,
    interrupted: false,
    out: '/out',
  };
  const untried = (all: readonly GradedSubmission[], leftOut: readonly string[] = []) =>
    summaryOf(all, { ...rest, leftOut }).untriedSubmissions;

  it('is named at the end, in the page and as JSON', () => {
    const many = Array.from({ length: 12 }, (_, i) => graded(`s${i}`, [open]));
    const all = [graded('right', [check('a')]), ...many, refused('dan')];
    const summary = summaryOf(all, rest);
    expect(summary.untried).toBe(12);
    expect(summary.untriedSubmissions).toEqual(many.map(({ submitted }) => submitted.id));
    expect(summaryText(summary)).toContain(
      '\nNo check found work to judge in s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 2 more: look before zeros',
    );
    const { document } = parseHTML(classPage(all, 14));
    const section = document.querySelector('[aria-labelledby=untried]');
    expect([...(section?.querySelectorAll('a') ?? [])].map((a) => a.textContent)).toEqual(
      many.map(({ submitted }) => submitted.id),
    );
    expect(
      parseHTML(classPage([graded('right', [check('a')])], 1)).document.getElementById('untried'),
    ).toBeNull();
  });

  it('is in no figure, no chart and no count of checks, like a refused one, and the page says so', () => {
    const right = ['one', 'two'].map((id) => graded(id, [check('a')], { entry: { score: 2 } }));
    const all = [...right, graded('empty', [open], { entry: { score: 0 } }), refused('dan')];
    const [with_, without] = [all, right].map((some) => parseHTML(classPage(some, some.length)).document);
    for (const selector of ['.figures', '[aria-labelledby=scores] svg', '[aria-labelledby=times] svg']) {
      expect(with_.querySelector(selector)?.outerHTML).toBe(without.querySelector(selector)?.outerHTML);
    }
    expect(with_.querySelector('details.rest')?.outerHTML).toBe(
      without.querySelector('details.rest')?.outerHTML,
    );
    expect(with_.querySelector('[aria-labelledby=scores] .facts')?.textContent).toBe(
      'Scores, checks and times are without 2 submissions: 1 refused, 1 with nothing to grade.',
    );
    expect(without.querySelector('[aria-labelledby=scores] .facts')).toBeNull();
    expect(with_.querySelector('[aria-labelledby=all]')?.textContent).toContain('nothing to grade');
  });

  it('is told with the reason, as far as its files tell it', () => {
    const holding = (id: string, fields: Parameters<typeof report>[1]) =>
      graded(id, [open], { report: fields });
    const all = [
      holding('a', {
        submission: { files: 0, untouched: true },
        notices: [{ text: 'answers.docx was not taken' }, { text: 'quiz.md is missing' }],
      }),
      holding('b', { submission: { files: 0, untouched: true } }),
      holding('c', { submission: { files: 16, untouched: true } }),
      holding('d', { submission: { files: 1, untouched: false } }),
    ];
    const items = parseHTML(classPage(all, 4)).document.querySelectorAll('[aria-labelledby=untried] li');
    expect([...items].map((item) => item.textContent)).toEqual([
      'a: answers.docx was not taken',
      'b: it holds no file of the assignment',
      'c: its 16 files are as in the template',
      'd: its one file is without any work that a check looks for',
    ]);
  });

  it('is none where a part was left out with which its student may have begun', () => {
    const holding = (id: string, files: number, untouched: boolean) =>
      graded(id, [open], { report: { submission: { files, untouched } } });
    const all = [holding('began', 3, false), holding('empty', 0, false), holding('template', 3, true)];
    expect(untried(all, ['other'])).toEqual(['empty', 'template']);
    expect(untried(all)).toEqual(['began', 'empty', 'template']);
    const page = parseHTML(classPage(all, 3, undefined, ['other'])).document;
    expect(page.querySelectorAll('[aria-labelledby=untried] li')).toHaveLength(2);
  });
});

describe('the names of submissions on a terminal', () => {
  const hostileId = 'eve\u001B[2J\u202E';
  const rest = { ...NO_ROWS, ...{ submissions: 3, kept: 0, leftOut: [], seconds: 1 } };
  const textOf = (one: GradedSubmission) =>
    summaryText(summaryOf([one], { ...rest, interrupted: false, out: '/out' }));
  const open = graded(hostileId, [check('a', { outcome: 'not-attempted', earned: 0 })]);
  const known = graded(hostileId, [check('a')]);

  it.each([
    ['refused', textOf(refused(hostileId))],
    ['without work', textOf(open)],
    ['without a name', textOf({ ...known, submitted: { ...known.submitted, unnamed: true } })],
    [
      'not compared',
      leftOutLines({
        pairs: [],
        groups: [],
        compared: 1,
        leftOut: [{ what: `${hostileId}: a.ts`, why: 'deep' }],
      }).join(),
    ],
  ])('are no command to it: %s', (_, text) => {
    expect(text).toContain('eve\\u{1b}[2J\\u{202e}');
    expect(text).not.toContain('\u001B');
  });
});

describe('a submission whose submitters are not known', () => {
  const unnamed = (id: string): GradedSubmission => {
    const one = graded(id, [check('a')]);
    return { ...one, submitted: { ...one.submitted, unnamed: true } };
  };

  it('is listed at the top of the page and in the summary', () => {
    const few = [graded('one', [check('a')]), ...Array.from({ length: 7 }, (_, i) => unnamed(`s${i}`))];
    const first = parseHTML(classPage(few, 8)).document.querySelector('main > section:first-child');
    expect(first?.querySelector('h2')?.textContent).toBe('Without a name');
    expect([...(first?.querySelectorAll('a') ?? [])].map((a) => a.textContent)).toEqual(
      few.slice(1).map(({ submitted }) => submitted.id),
    );
    const rest = {
      ...NO_ROWS,
      submissions: 8,
      kept: 0,
      leftOut: [],
      seconds: 1,
      interrupted: false,
      out: '/out',
    };
    const summary = summaryOf(few, rest);
    expect(summary.unnamed).toHaveLength(7);
    expect(summaryText(summary).split('\n')[1]).toBe(
      'submission_metadata.yml names nobody for 7 submissions, which grades.csv has by id alone: s0, s1, s2, s3, s4 and 2 more.',
    );
  });
});

describe('the checks of a class', () => {
  const failed = { outcome: 'failed', earned: 0 } as const;
  const listsOf = (all: readonly GradedSubmission[]) => {
    const { document } = parseHTML(classPage(all, all.length));
    const titles = (of: { querySelectorAll: typeof document.querySelectorAll } | null) =>
      [...(of?.querySelectorAll('tbody td:nth-child(2)') ?? [])].map((cell) => cell.textContent);
    const closed = [...document.querySelectorAll('details.rest')];
    expect(closed.filter((one) => one.hasAttribute('open'))).toEqual([]);
    return {
      open: titles(document.querySelector('[aria-label="table of checks"]')),
      closed: Object.fromEntries(
        closed.map((one) => [one.querySelector('summary')?.textContent ?? '', titles(one)]),
      ),
    };
  };

  it('stand open where somebody failed one that has points, and are closed and counted otherwise', () => {
    const one = graded('one', [
      check('right'),
      check('easy'),
      check('hard', failed),
      check('free', { ...failed, points: 0 }),
      check('left', { outcome: 'not-attempted', earned: 0 }),
    ]);
    const two = graded('two', [check('right'), check('easy', failed), check('hard', failed)]);
    expect(listsOf([one, two])).toEqual({
      open: ['check hard', 'check easy'],
      closed: {
        'failed, without points: 1 check': ['check free'],
        'passed by all who tried: 1 check': ['check right'],
        'tried by nobody: 1 check': ['check left'],
      },
    });
  });

  it('stand open only as far as they are the hardest, and all are somewhere', () => {
    const many = Array.from({ length: 50 }, (_, i) => check(`c${i}`, failed));
    const { open, closed } = listsOf([graded('one', many)]);
    expect(open).toHaveLength(20);
    expect([...open, ...closed['also failed by somebody: 30 checks']]).toEqual(
      many.map(({ title }) => title),
    );
  });

  it('are none where everything was refused', () => {
    expect(listsOf([refused('dan')])).toEqual({ open: [], closed: {} });
  });
});

describe('the page of a class', () => {
  const { document } = parseHTML(classPage(all, 5));
  const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';

  it('begins with what failed through us and says what is missing', () => {
    expect(text('main > section:first-child')).toContain('the worker was ended by SIGKILL');
    expect(text('.facts')).toBe(
      '4 submissions · 2 points · 1 not graded yet · 3 rows without SID and email, in grades.csv alone',
    );
  });

  it('draws every score, also where bins have no whole width', () => {
    const scores = [9, 12.75, 15.5, 9.5, 11.75, 5.25, 16, 10.75];
    const { document: chart } = parseHTML(scoreChart(scores, 16)[0].html);
    const heights = [...chart.querySelectorAll('[data-mark=rect] rect')].map((bar) =>
      Number(bar.getAttribute('height')),
    );
    expect(heights.map((height) => Math.round((2 * height) / Math.max(...heights)))).toEqual([
      1, 2, 1, 1, 1, 1, 1,
    ]);
  });

  it('draws a class of any size', () => {
    const many = Array.from({ length: 150_000 }, (_, i) => (i % 33) / 2);
    const [scores] = scoreChart(many, 16);
    expect(scores.html).toContain('Histogram of 150000 scores from 0 to 17 points');
    const [times] = timeChart([{ part: 'quiz', seconds: many }]);
    const labels = parseHTML(times.html).document.querySelectorAll('[data-mark="x-axis tick label"] text');
    expect(labels[labels.length - 1].textContent).toBe('16');
  });

  it('is written of a class of any size', () => {
    const one = graded('one', [check('a', { outcome: 'failed', earned: 0, message: ['Hint: square it.'] })]);
    const many = Array.from({ length: 150_000 }, (_, i) => ({
      ...one,
      entry: entry('one', { score: i % 3 }),
    }));
    const page = classPage(many, many.length);
    expect(page).toContain('<dt>lowest</dt><dd>0</dd>');
    expect(page).toContain('<dt>highest</dt><dd>2</dd>');
  }, 60_000);

  it('counts submissions in integers on an axis that has few labels', () => {
    const labels = (scores: readonly number[]) => {
      const { document: chart } = parseHTML(scoreChart(scores, 16)[0].html);
      return [...chart.querySelectorAll('[data-mark="y-axis tick label"] text')].map(
        (one) => one.textContent,
      );
    };
    expect(labels([9, 12])).toEqual(['0', '1']);
    expect(labels([9, 9, 9, 12])).toEqual(['0', '1', '2', '3']);
    expect(labels(Array.from({ length: 137 }, () => 9))).toEqual(['0', '50', '100']);
  });

  it('draws the time of each part from 0 on', () => {
    const [chart] = timeChart([{ part: 'quiz', seconds: [40, 50, 60] }]);
    const labels = parseHTML(chart.html).document.querySelectorAll('[data-mark="x-axis tick label"] text');
    expect(labels[0].textContent).toBe('0');
  });

  it('leads to what stands first in it, where that exists', () => {
    const links = (all: readonly GradedSubmission[]) =>
      [...parseHTML(classPage(all, all.length)).document.querySelectorAll('nav a')].map((a) =>
        a.getAttribute('href'),
      );
    const empty = graded('empty', [check('a', { outcome: 'not-attempted', earned: 0 })]);
    const nameless: GradedSubmission = { ...empty, submitted: { ...empty.submitted, unnamed: true } };
    expect(links([...all, refused('dan'), nameless]).slice(0, 5)).toEqual([
      ...['#ours', '#refused', '#untried', '#unnamed', '#scores'],
    ]);
    expect(links([graded('one', [check('a')])])[0]).toBe('#scores');
  });

  it('says scores as they are, and leads to the tables and the grades', () => {
    const page = parseHTML(
      classPage([graded('one', [check('a')], { entry: { score: 5.25, points: 6 }, people: [ada] })], 1),
    ).document;
    expect(page.querySelector('section:last-of-type td.number')?.textContent).toBe('5.25');
    expect(page.querySelector('.facts')?.textContent).toBe('1 submission · 2 points');
    const links = [...page.querySelectorAll('nav a')].map((a) => a.getAttribute('href') ?? '');
    expect(links).toContain('grades.csv');
    for (const link of links.filter((one) => one.startsWith('#'))) {
      expect(page.querySelector(link), link).not.toBeNull();
    }
  });

  it('says of a score above the points that bonus is in it', () => {
    const withBonus = graded('one', [check('a')], { entry: { score: 2.5 } });
    const page = parseHTML(classPage([withBonus, graded('two', [check('a')])], 2)).document;
    const cells = [...page.querySelectorAll('section:last-of-type td:nth-child(3)')];
    expect(cells.map((cell) => cell.textContent)).toEqual(['2.5, with bonus', '1']);
    expect(page.querySelector('.figures')?.textContent).toContain('highest2.5, with bonus');
  });

  it('lists incidents, those first that cannot be made up, and checks that were flaky', () => {
    const incident = (kind: 'reach' | 'killed', count: number) => ({
      kind,
      what: `<b>${kind}`,
      part: 'part',
      count,
    });
    const odd = [
      graded('told', [check('a')], { report: { incidents: [incident('reach', 9)] }, entry: { runs: 3 } }),
      graded('seen', [check('a')], {
        report: { incidents: [incident('reach', 1), incident('killed', 2)] },
        entry: { runs: 3, flaky: ['part/a'] },
      }),
    ];
    const page = parseHTML(classPage(odd, 2)).document;
    const rows = (label: string): string[][] =>
      [...page.querySelectorAll(`[aria-label="table of ${label}"] tbody tr`)].map((row) =>
        [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
      );
    expect(rows('incidents')).toEqual([
      ['seen', '2', '3', 'part, killed: <b>killed (2 times)part, reach: <b>reach'],
      ['told', '0', '9', 'part, reach: <b>reach (9 times)'],
    ]);
    expect(rows('flaky checks')).toEqual([['part/a', '1', 'seen ']]);
    expect(document.getElementById('flaky')).toBeNull();
    expect(document.getElementById('incidents')).toBeNull();
  });

  it('takes all text as text', () => {
    expect(document.querySelector('img')).toBeNull();
    expect(document.querySelectorAll('script')).toHaveLength(1);
    expect(text('table')).toContain('<script>alert(1)</script>');
  });

  it('leads to a page for each submission that has one', () => {
    const links = [...document.querySelectorAll('section:last-of-type a')].map((a) => a.getAttribute('href'));
    expect(links).toContain('submissions/one/report.html');
    expect(links).toContain('submissions/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E/report.html');
  });
});
