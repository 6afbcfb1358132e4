import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRaster } from '../../../reference/lib/picture/raster.ts';
import { encodePng } from '../../../reference/lib/picture/files.ts';
import { buildReport, describeReport } from '../../../reference/lib/report/build-report.ts';
import { findChromium } from '../../../reference/lib/report/print-pdf.ts';
import { readReport } from '../../../reference/lib/report/read-report.ts';
import { renderReport } from '../../../reference/lib/report/render-report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-test-'));
  mkdirSync(join(folder, 'report'));
  mkdirSync(join(folder, 'pictures'));
  writeFileSync(join(folder, 'pictures/map.png'), encodePng(createRaster(2, 2, [1, 0, 0])));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const render = (markdown: string) => renderReport({ markdown, from: join(folder, 'report'), folder });
const answersOf = (answer: string): boolean[] => {
  const markdown = `# R\n\n## 1. One\n\n> **1.** Why?\n\n${answer}\n\n> **2.** And?\n\nBecause.\n`;
  return readReport(markdown).sections[0].questions.map(({ answered }) => answered);
};

describe('what counts as an answer', () => {
  it.each([
    ['nothing', ''],
    ['the placeholder', '*Your answer.*'],
    ['the placeholder with underscores', '_Your summary._'],
    ['a picture alone', '![Map](../pictures/map.png)'],
    ['a comment', '<!-- to do -->'],
    ['a heading alone', '### Answer'],
  ])('not %s', (_, answer) => {
    expect(answersOf(answer)).toEqual([false, true]);
  });

  it.each([
    ['a sentence', 'The gradient vanishes.'],
    ['a list', '- one\n- two'],
    ['a table', '| a |\n|---|\n| 1 |'],
    ['code', '```\nx = 1\n```'],
    ['a quotation of the student’s own', '> “A saliency map ...” (Simonyan)'],
    ['a sentence below a picture', '![Map](../pictures/map.png)\n\nSee the map.'],
    ['a sentence and the placeholder', '*Your answer.*\n\nHere it is.'],
  ])('%s', (_, answer) => {
    expect(answersOf(answer)).toEqual([true, true]);
  });

  it('a bonus question may stay open', () => {
    const { unanswered } = render('# R\n\n## 1. One\n\n> **1.** (Bonus) More?\n\n> **2.** Why?\n');
    expect(unanswered.map(({ label, bonus }) => [label, bonus])).toEqual([
      ['1', true],
      ['2', false],
    ]);
  });
});

describe('the page', () => {
  it('has one section for each heading of the second rank, and a list of them', () => {
    const { html } = render('# My *report*\n\nBy A. Student.\n\n## 1. One\n\nA\n\n## 2. Two & three\n\nB\n');
    expect([...html.matchAll(/<section id="section-(\d)">/g)].map(([, number]) => number)).toEqual([
      '1',
      '2',
    ]);
    expect(html).toContain('<a href="#section-2">2. Two &amp; three</a>');
    expect(html).toContain('By A. Student.');
    expect(html).toContain('section { break-before: page; }');
  });

  it('holds its pictures and loads nothing', () => {
    const { html, missing } = render('## 1. One\n\n![A "map"](../pictures/map.png)\n');
    expect(missing).toEqual([]);
    expect(html).toContain('alt="A &quot;map&quot;"');
    expect(html).toContain(
      `src="data:image/png;base64,${readFileSync(join(folder, 'pictures/map.png')).toString('base64')}"`,
    );
    expect(html).toContain("default-src 'none'");
    expect([...html.matchAll(/(?:src|href)="(?!data:|#)/g)]).toEqual([]);
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a handler', '<img src=x onerror=alert(1)>'],
    ['a handler within a sentence', 'Look: <b onclick="alert(1)">here</b>.'],
    ['a frame after a comment', '<!-- a --><iframe src="https://example.org"></iframe>'],
    ['an unfinished comment', '<!-- a\n\n<script>alert(1)</script>'],
    ['a style', '<style>body { display: none }</style>'],
  ])('shows HTML of the student as text: %s', (_, text) => {
    const { html } = render(`## 1. One\n\n${text}\n`);
    const body = html.slice(html.indexOf('<body>'));
    expect(body).not.toMatch(/<(?:script|iframe|style|b|img)\b/);
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
  ])('makes no link of %s', (address) => {
    const { html } = render(`## 1. One\n\n[here](<${address}>) and [there](https://example.org/?a="b)\n`);
    const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href);
    expect(links.filter((href) => !href.startsWith('#'))).toEqual(['https://example.org/?a=&quot;b']);
    expect(html).toContain('here');
  });

  it('escapes the title and attributes', () => {
    const { html } = render('# A</title><script>x</script>\n\n## <b>B</b>\n\n![a" onload="x](nothing.png)\n');
    expect(html).not.toMatch(/<script|<b>|onload="/);
  });
});

describe('pictures that cannot be shown are named with the reason', () => {
  it.each([
    ['nothing.png', 'there is no such file'],
    ['https://example.org/a.png', 'pictures from the web are not fetched'],
    ['//example.org/a.png', 'pictures from the web are not fetched'],
    ['../../etc/hostname', 'there is no such file'],
    ['link.png', 'it lies outside of the folder'],
    ['report.md', 'it is not a PNG, JPEG, GIF or WebP picture'],
    ['../pictures', 'it is not a file'],
    ['%E0%A4%A.png', 'there is no such file'],
  ])('%s', (address, why) => {
    writeFileSync(join(folder, 'report/report.md'), 'text');
    symlinkSync('/etc/hostname', join(folder, 'report/link.png'));
    const { html, missing } = render(`## 1. One\n\n![A](<${address}>)\n`);
    expect(missing).toHaveLength(1);
    expect(missing[0]).toContain(why);
    expect(html).not.toContain('<img');
  });
});

describe('npm run report', () => {
  const text = '# R\n\n## 1. One\n\n> **1.** Why?\n\n*Your answer.*\n\n![Map](../visualization/gone.png)\n';

  it('writes the page and says what is open', async () => {
    writeFileSync(join(folder, 'report/report.md'), text);
    const report = await buildReport({ folder, pdf: false });
    expect(report.files).toEqual([join(folder, 'report/report.html')]);
    expect(describeReport(report).slice(1)).toEqual([
      'not answered, 1:',
      '  1. Why? (report/report.md:5)',
      'missing picture ../visualization/gone.png: there is no such file; npm run visualize draws it',
    ]);
  });

  it('says so when nothing is open', async () => {
    writeFileSync(join(folder, 'report/report.md'), '## 1. One\n\n> **1.** Why?\n\nSo.\n');
    const report = await buildReport({ folder, pdf: false, output: join(folder, 'made/here') });
    expect(existsSync(join(folder, 'made/here/report.html'))).toBe(true);
    expect(describeReport(report)).toContain('every question is answered, every picture is there');
  });

  it('names a bonus apart, and asks for no picture of it', async () => {
    mkdirSync(join(folder, 'visualization'));
    writeFileSync(join(folder, 'visualization/map.png'), encodePng(createRaster(2, 2, [1, 0, 0])));
    const question = '> **1.** (Bonus) What else? Say why.\n\n*Your answer.*';
    const picture = '![Bonus](../visualization/bonus.png "bonus")';
    writeFileSync(
      join(folder, 'report/report.md'),
      `# R\r\n\r\n## 1. One\r\n\r\n${question}\n\n${picture}\n`,
    );
    const report = await buildReport({ folder, pdf: false });
    expect(report.missing).toEqual([]);
    expect(describeReport(report).slice(1)).toEqual([
      'not answered, a bonus:',
      '  1. What else? (report/report.md:5)',
      'not named in report.md, so shown at the end: visualization/map.png',
      'every question is answered, every picture is there',
    ]);
    writeFileSync(join(folder, 'visualization/bonus.png'), encodePng(createRaster(2, 2, [0, 1, 0])));
    const { files, further } = await buildReport({ folder, pdf: false });
    expect(further).toEqual(['visualization/map.png']);
    const html = readFileSync(files[0], 'utf8');
    expect(html.match(/<img /g)).toHaveLength(2);
    expect(html.indexOf('visualization/map.png')).toBeGreaterThan(html.indexOf('Further pictures</h2>'));
  });

  it('tells what to do when the report is gone', async () => {
    await expect(buildReport({ folder, pdf: false })).rejects.toThrow('restore it from the assignment');
  });

  it.skipIf(findChromium() === undefined)(
    'prints a PDF with a page for the contents and one for each section',
    async () => {
      writeFileSync(join(folder, 'report/report.md'), '# R\n\n## 1. One\n\nA\n\n## 2. Two\n\nB\n');
      const { files, noPdf } = await buildReport({ folder });
      expect(noPdf).toBeUndefined();
      const pdf = readFileSync(files[1], 'latin1');
      expect(pdf.startsWith('%PDF-')).toBe(true);
      expect([...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)]).toHaveLength(3);
    },
  );

  it('finds no browser where there is none, and takes the one that is named', () => {
    const nowhere = { PATH: folder };
    const usual = findChromium(nowhere);
    expect(usual === undefined || usual.startsWith('/Applications') || usual.startsWith('C:')).toBe(true);
    const named = join(folder, 'browser');
    writeFileSync(named, '', { mode: 0o755 });
    expect(findChromium({ ...nowhere, CHROME_PATH: named })).toBe(named);
  });
});

describe('the report of the template', () => {
  const markdown = readFileSync(
    join(import.meta.dirname, '../../../reference/template/report/report.md'),
    'utf8',
  );
  const report = readReport(markdown);

  it('asks every question once, and answers none', () => {
    const questions = report.sections.flatMap((section) => section.questions);
    const labels = questions.map(({ label }) => label);
    expect(labels.length).toBeGreaterThan(20);
    expect(new Set(labels).size).toBe(labels.length);
    expect(questions.filter(({ answered }) => answered)).toEqual([]);
  });

  it('shows pictures that drivers draw, and no others', () => {
    const parts = join(import.meta.dirname, '../../../reference/parts');
    const drivers = readdirSync(parts)
      .map((part) => join(parts, part, 'driver.ts'))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'utf8'));
    const shown = [...markdown.matchAll(/!\[[^\]]*\]\(([^ )]+)/g)].map(([, path]) => path);
    expect(shown.length).toBeGreaterThan(10);
    for (const path of shown) {
      const [, name] = /^\.\.\/visualization\/(\w+)\.png$/.exec(path) ?? [];
      expect(
        drivers.some((text) => name !== undefined && text.includes(name)),
        path,
      ).toBe(true);
    }
  });

  it('has every bold label of a question at the beginning of a quotation, so that none is overlooked', () => {
    const written = [...markdown.matchAll(/\*\*(\d{1,2}[a-z]?)\.\*\*/g)].map(([, label]) => label);
    const found = report.sections.flatMap(({ questions }) => questions.map(({ label }) => label));
    expect(found).toEqual(written);
  });
});
