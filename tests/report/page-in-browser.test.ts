import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { studentPage } from '../../packaging/simulator/page.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { toHtml, type HtmlOptions } from '../../grader/report/html.ts';
import { findChromium } from '../../reference/lib/report/print-pdf.ts';
import { checkResult, sampleReport } from '../gradescope/sample-report.ts';
import { HOSTILE, sampleChecks } from './evidence.ts';

const executablePath = findChromium();

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const report = sampleReport(sampleChecks(), {
  notices: [{ severity: 'warning', text: HOSTILE }],
  submission: { name: HOSTILE, sha256: '', files: 1, untouched: false },
  assignment: { id: 'a', title: `An assignment ${HOSTILE}` },
});

describe.skipIf(!executablePath)('the report in a browser', () => {
  let browser: Browser;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'page-test-'));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A page with this text, opened as a file, and what it complained of or asked for. */
  async function openFile(html: string, options: BrowserContextOptions = {}) {
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    const file = join(directory, 'report.html');
    writeFileSync(file, html);
    const url = pathToFileURL(file).href;
    await page.goto(url);
    const foreign = () => requests.filter((one) => one !== url && !one.startsWith('data:'));
    return { page, complaints, foreign, [Symbol.asyncDispose]: () => page.close() };
  }

  const openReport = (options: BrowserContextOptions = {}, how: HtmlOptions = { audience: 'staff' }) =>
    openFile(toHtml(report, how), options);

  const openAll = (page: Page) => page.getByRole('button', { name: 'Open all' }).click();

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe.source);
    const found = (await page.evaluate('axe.run()')) as { violations: readonly Violation[] };
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }

  it.each(['light', 'dark'] as const)(
    'opens from a file, %s, with nothing to complain of and nothing to fetch',
    async (colorScheme) => {
      await using opened = await openReport({ colorScheme });
      const { page, complaints, foreign } = opened;
      await openAll(page);
      await page.locator('#one--map .readout').scrollIntoViewIfNeeded();
      await expect.poll(() => page.locator('#one--map .readout').textContent()).toMatch(/^Worst, at \[/);
      expect(complaints).toEqual([]);
      expect(foreign()).toEqual([]);
    },
  );

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const)('gives axe nothing to object to: %s, %i pixels', async (colorScheme, width) => {
    await using opened = await openReport({ colorScheme, viewport: { width, height: 900 } });
    const { page } = opened;
    await openAll(page);
    await page.locator('#one--picture').getByLabel('Slider').check();
    expect(await violations(page)).toEqual([]);
  });

  it('gives axe nothing to object to where checks are explained, nor needs sideways scrolling', async () => {
    const long = [{ heading: HOSTILE, lines: ['argument, '.repeat(60), HOSTILE], isCode: true }];
    const explanation = {
      parts: new Map([['one', long]]),
      checks: new Map(['map', 'hidden', 'right'].map((id) => [`one/${id}`, long])),
      isByName: true,
    };
    const how = { audience: 'staff', explanation } as const;
    await using opened = await openReport({ viewport: { width: 390, height: 900 } }, how);
    const { page, complaints } = opened;
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it.each([390, 768, 1600])('needs no sideways scrolling at %i pixels', async (width) => {
    await using opened = await openReport({ viewport: { width, height: 900 } });
    const { page } = opened;
    await openAll(page);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('keeps the arrow of a long title off the points', async () => {
    const title = 'i '.repeat(400);
    const failed = checkResult({ id: 'long', title, outcome: 'failed', message: ['why'] });
    await using opened = await openFile(toHtml(sampleReport([failed])));
    const gap = await opened.page.evaluate(`(() => {
      const line = document.querySelector('#one--long .head');
      const title = document.createRange();
      title.selectNodeContents(line.querySelector('h3'));
      return line.querySelector('.points').getBoundingClientRect().left - title.getBoundingClientRect().right;
    })()`);
    expect(gap).toBeGreaterThan(20);
  });

  it('shows hostile text letter by letter', async () => {
    await using opened = await openReport();
    const { page, complaints } = opened;
    await openAll(page);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('#one--hostile .message').textContent()).toBe(HOSTILE);
    expect(await page.locator('#one--hostile mark').textContent()).toContain(HOSTILE);
    expect(await page.locator('main img:not([src^="data:image/png"]), main style, main script').count()).toBe(
      0,
    );
    expect(await page.title()).toBe(`An assignment ${HOSTILE}`);
    expect(complaints).toEqual([]);
  });

  it('lets no script but its own run, should one get into it', async () => {
    const injected = '<script>window.hit = 1</script><img src="data:," onerror="window.hit = 1"></main>';
    await using opened = await openFile(toHtml(report).replace('</main>', injected));
    const { page, complaints } = opened;
    await expect
      .poll(() => complaints.filter((one) => one.includes('Content Security Policy')).length)
      .toBe(2);
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });

  it('compares pictures by keyboard alone', async () => {
    await using opened = await openReport();
    const { page } = opened;
    const check = page.locator('#one--picture');
    await check.locator('summary').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await check.getByLabel('Slider').isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const slider = check.getByRole('slider', { name: 'Position' });
    expect(await slider.evaluate((one) => one.matches(':focus'))).toBe(true);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const clip = () =>
      check
        .locator('.received img')
        .evaluate((one) => one.ownerDocument.defaultView!.getComputedStyle(one).clipPath);
    expect(await clip()).toBe('inset(0px 0px 0px 1%)');

    await check.getByLabel('Onion skin').press('Space');
    await check.getByRole('slider', { name: 'Opacity of the student’s' }).press('Home');
    expect(
      await check
        .locator('.received img')
        .evaluate((one) => one.ownerDocument.defaultView!.getComputedStyle(one).opacity),
    ).toBe('0');

    await check.getByLabel('Blink').press('Space');
    const stage = check.locator('.stage');
    await expect.poll(() => stage.getAttribute('class')).toContain('turned');
    const pause = check.getByRole('button', { name: 'Pause' });
    await pause.press('Enter');
    expect(await pause.getAttribute('aria-pressed')).toBe('true');
  });

  it('drags the slider with the pointer', async () => {
    await using opened = await openReport();
    const { page } = opened;
    const check = page.locator('#one--picture');
    await check.getByLabel('Slider').check();
    const image = check.locator('.received .image');
    const { width } = (await image.boundingBox())!;
    await image.hover({ position: { x: width / 2, y: 20 } });
    await page.mouse.down();
    await image.hover({ position: { x: width / 4, y: 20 }, force: true });
    await page.mouse.up();
    expect(await check.getByRole('slider').inputValue()).toBe('25');
  });

  it('blinks by itself for nobody who asked for less motion', async () => {
    await using opened = await openReport({ reducedMotion: 'reduce' });
    const check = opened.page.locator('#one--picture');
    await check.getByLabel('Blink').check();
    expect(await check.getByRole('button', { name: 'Pause' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('reads maps value by value by keyboard', async () => {
    await using opened = await openReport();
    const { page } = opened;
    const check = page.locator('#one--map');
    const readout = check.locator('.readout');
    await check.locator('.maps').focus();
    await expect
      .poll(() => readout.textContent())
      .toMatch(/^Worst, at \[1, 4, 5\]: expected 0\.\d+, the student’s /);
    await page.keyboard.press('ArrowUp');
    expect(await readout.textContent()).toMatch(/^At \[1, 3, 5\]:/);
    await page.keyboard.press('Home');
    expect(await readout.textContent()).toMatch(/^Worst/);
  });

  it('shows only the checks that are asked for', async () => {
    await using opened = await openReport();
    const { page } = opened;
    const shown = () => page.locator('.check:visible').count();
    await page.getByRole('button', { name: '2 passed' }).click();
    expect(await shown()).toBe(2);
    await page.getByRole('button', { name: '1 skipped' }).click();
    expect(await shown()).toBe(3);
    await page.getByRole('searchbox').fill('no such check');
    expect(await shown()).toBe(0);
    expect(await page.locator('#nothing').isVisible()).toBe(true);
  });

  it('the simulator’s page has no fault either', async () => {
    const results = toGradescope(report, { policy: { pictures: 'html' } });
    const record = { results, autograderError: false, warnings: [] };
    await using opened = await openFile(studentPage(record, 'published'));
    const { page, complaints, foreign } = opened;
    await openAll(page);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await violations(page)).toEqual([]);
    expect([...complaints, ...foreign()]).toEqual([]);
  });

  describe('served live', () => {
    let server: Server;
    let html: string;
    let events: ServerResponse | undefined;
    let asked: string[];
    beforeAll(async () => {
      server = createServer((request, response) => {
        asked.push(request.url!);
        if (request.url === '/events') {
          events = response.writeHead(200, { 'content-type': 'text/event-stream' });
          events.write(': here\n\n');
        } else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const version = (outcome: 'failed' | 'passed', live = true) =>
      toHtml(sampleReport([checkResult({ id: 'b', outcome, message: ['why'] }), checkResult({})]), { live });

    it('shows a newer version and says what changed', async () => {
      asked = [];
      html = version('failed');
      const page = await browser.newPage();
      await page.goto(address());
      await expect.poll(() => events).toBeDefined();
      events!.write('event: busy\ndata: Checking <b>one</b>\n\n');
      await expect.poll(() => page.locator('#live').textContent()).toBe('Checking <b>one</b>');
      html = version('passed');
      events!.write('event: report\ndata:\n\n');
      await expect.poll(() => page.locator('#live').textContent()).toBe('1 now passed: the value is right');
      expect(await page.locator('#one--b').getAttribute('data-status')).toBe('passed');
      await page.close();
    });

    it('leaves open what is open and the focus where it is, and outlives its server', async () => {
      asked = [];
      events = undefined;
      html = version('failed');
      const page = await browser.newPage();
      await page.goto(address());
      await expect.poll(() => events).toBeDefined();
      const check = page.locator('#one--b');
      await check.locator('summary').click();
      expect(await check.getAttribute('open')).toBeNull();
      await page.getByRole('searchbox').fill('right');
      events!.write('event: report\ndata:\n\n');
      await expect.poll(() => page.locator('#live').textContent()).toMatch(/no check changed/);
      expect(await check.getAttribute('open')).toBeNull();
      expect(await page.getByRole('searchbox').inputValue()).toBe('right');
      expect(await page.getByRole('searchbox').evaluate((one) => one.matches(':focus'))).toBe(true);
      events!.end();
      await expect.poll(() => page.locator('#live').textContent()).toMatch(/has stopped/);
      await page.close();
    });

    it('asks for nothing unless it was made for that', async () => {
      asked = [];
      html = version('failed', false);
      const page = await browser.newPage();
      await page.goto(address());
      await page.waitForTimeout(200);
      expect(asked).not.toContain('/events');
      await page.close();
    });

    it('asks for nothing from a file', async () => {
      await using opened = await openFile(version('failed'));
      await opened.page.waitForTimeout(200);
      expect([...opened.foreign(), ...opened.complaints]).toEqual([]);
    });
  });
});
