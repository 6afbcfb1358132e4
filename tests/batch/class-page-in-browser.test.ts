import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classPage } from '../../batch/outputs/page/class-page.ts';
import { findChromium } from '../../reference/lib/report/print-pdf.ts';
import { check, graded } from './graded.ts';

const executablePath = findChromium();

const names = ['Ada', 'Bea', 'Cleo', '<b>Dan</b>'];
const submissions = names.map((name, at) =>
  graded(
    `s${at}`,
    [
      check('a', at === 1 ? { outcome: 'failed', earned: 0, message: ['Hint: square it.'] } : {}),
      check('b'),
      check('c', { outcome: 'not-attempted', earned: 0 }),
    ],
    {
      people: [{ name, sid: String(at), email: '' }],
      entry: { score: 3 - at, runs: 2, flaky: at === 2 ? ['part/a'] : [], seconds: at + 0.5 },
      report:
        at === 1 ? { incidents: [{ kind: 'killed', what: 'ended by SIGSYS', part: 'part', count: 1 }] } : {},
    },
  ),
);
const place = {
  first: 3,
  lines: ['const a = 1;', '</pre><script>alert(1)</script>', `const long = ${'argument, '.repeat(30)}`],
};
const similar = {
  pairs: [{ left: 's0', right: 's1', share: 0.9, places: [{ path: 'a.ts', left: place, right: place }] }],
  groups: [['s0', 's1', 's2']],
  leftOut: [],
  compared: 4,
};

describe.skipIf(!executablePath)('the page of a class in a browser', () => {
  let browser: Browser;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'introspection-class-page-'));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function open(options: BrowserContextOptions = {}) {
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    const file = join(directory, 'class.html');
    writeFileSync(file, classPage(submissions, 4, similar));
    await page.goto(pathToFileURL(file).href);
    return { page, complaints, requests };
  }

  it('asks for nothing, complains of nothing, and can be read by everybody', async () => {
    const { page, complaints, requests } = await open();
    for (const details of await page.locator('details > summary').all()) await details.click();
    expect(complaints).toEqual([]);
    expect(requests).toHaveLength(1);
    // The page's policy lets no script in but its own, so this one goes in from outside.
    const violations = await page.evaluate(
      `${axe.source}; axe.run().then(({ violations }) => violations.map(({ id }) => id))`,
    );
    expect(violations).toEqual([]);
    await page.close();
  });

  it('finds submissions and sorts them', async () => {
    const { page } = await open();
    const rows = () => page.locator('section:last-of-type tbody tr:visible td:first-child').allTextContents();
    await page.getByLabel('Find', { exact: true }).fill('<b>dan');
    expect(await rows()).toEqual(['s3']);
    await page.getByLabel('Find', { exact: true }).fill('');
    await page.locator('section:last-of-type th button', { hasText: 'score' }).click();
    expect(await rows()).toEqual(['s3', 's2', 's1', 's0']);
    await page.close();
  });

  it('opens the lists of checks in which something is found, and closes them again', async () => {
    const { page } = await open();
    const find = page.getByLabel('Find a check');
    const shown = () =>
      page.locator('[aria-labelledby=by-check] tbody tr:visible td:nth-child(2)').allInnerTexts();
    expect(await shown()).toEqual([expect.stringContaining('check a')]);
    await find.fill('check b');
    expect(await shown()).toEqual(['check b']);
    expect(await page.locator('[aria-labelledby=by-check] [role=status]').textContent()).toBe('1 of 3');
    await find.fill('');
    expect(await shown()).toHaveLength(1);
    // Without a mouse.
    await find.press('Tab');
    while (!(await page.evaluate(`document.activeElement.textContent.startsWith('tried by nobody')`)))
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await shown()).toEqual([expect.stringContaining('check a'), 'check c']);
    await page.close();
  });

  it('can be read on a phone: rates and scores without a scroll to the side, charts with letters', async () => {
    const { page } = await open({ viewport: { width: 390, height: 800 } });
    const inside = async (selector: string): Promise<boolean[]> => {
      const boxes = await page.locator(`${selector}:visible`).all();
      const places = await Promise.all(boxes.map((one) => one.boundingBox()));
      return places.map((box) => box!.x >= 0 && box!.x + box!.width <= 390);
    };
    expect(new Set(await inside('[aria-labelledby=by-check] td'))).toEqual(new Set([true]));
    expect(new Set(await inside('[aria-labelledby=all] td'))).toEqual(new Set([true]));
    const heights = await page
      .locator('section > svg:visible text')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(0);
    expect(Math.min(...heights)).toBeGreaterThan(9);
    await page.close();
  });

  it.each([390, 800, 1280])('has one chart of a kind, as wide as its card, at %s pixels', async (width) => {
    const { page } = await open({ viewport: { width, height: 800 } });
    for (const section of ['scores', 'times']) {
      const card = (await page.locator(`[aria-labelledby=${section}]`).boundingBox())!;
      const charts = page.locator(`[aria-labelledby=${section}] > svg:visible`);
      expect(await charts.count()).toBe(1);
      expect((await charts.boundingBox())!.width).toBeGreaterThan(card.width - 36);
    }
    await page.close();
  });

  it('shows two similar places beside each other, over the width of the page and with all of their code', async () => {
    const { page } = await open({ viewport: { width: 1280, height: 900 } });
    await page.locator('.pairs summary').click();
    const [section, left, right] = await Promise.all(
      ['section[aria-labelledby=similar]', '.beside figure >> nth=0', '.beside figure >> nth=1'].map(
        async (selector) => (await page.locator(selector).boundingBox())!,
      ),
    );
    expect(right.y).toBe(left.y);
    expect(right.x).toBeGreaterThanOrEqual(left.x + left.width);
    expect(left.width + right.width).toBeGreaterThan(0.9 * section.width);
    const cut = await page
      .locator('.beside pre')
      .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
    expect(cut).toEqual([0, 0]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'has a median that stands out from its box: %s',
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      const colourOf = (mark: string, of: 'fill' | 'stroke'): Promise<string> =>
        page.evaluate(
          `getComputedStyle(document.querySelector('[aria-labelledby=times] [data-mark=${mark}]')).${of}`,
        );
      const luminance = (colour: string): number => {
        const [red, green, blue] = /(\d+), (\d+), (\d+)/
          .exec(colour)!
          .slice(1)
          .map((value) => (Number(value) / 255) ** 2.2);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
      };
      const [box, median] = [await colourOf('bar', 'fill'), await colourOf('tick', 'stroke')].map(luminance);
      expect(Math.max(box, median) / Math.min(box, median)).toBeGreaterThan(7);
      await page.close();
    },
  );
});
