import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { pagePath } from '../../scripts/explain/page-path.ts';

const of = (fields: Partial<Parameters<typeof pagePath>[0]>): string =>
  pagePath({
    ...{ path: 'export/ana.zip', sha256: '3f2a91c4d5e6', asked: [], reveal: false },
    ...fields,
  });

it('names a page after the submission and what was asked about it', () => {
  expect(of({})).toBe('results/explained-ana-3f2a91c4.html');
  expect(of({ asked: ['tv-loss/batch', 'tv-loss/value'] })).toBe(
    'results/explained-ana-3f2a91c4-tv-loss.batch+tv-loss.value.html',
  );
  expect(of({ path: 'class-1/submissions/jürg/results.json', asked: ['quiz'] })).toBe(
    'results/explained-jürg-3f2a91c4-quiz.html',
  );
});

it('gives no two submissions, questions or audiences one page', () => {
  const many = Array.from({ length: 40 }, (_, i) => `tv-loss/check-${i}`);
  const pages = [
    of({}),
    of({ sha256: 'aaaaaaaaaaaa' }),
    of({ reveal: true }),
    of({ asked: ['tv-loss'] }),
    of({ asked: many }),
    of({ asked: [...many, 'tv-loss/more'] }),
  ];
  expect(new Set(pages).size).toBe(pages.length);
  for (const page of pages) expect(page.length).toBeLessThan(220);
});

it('has no name that leads elsewhere or that a shell reads', () => {
  expect(of({ path: 'a;touch "owned".zip', asked: ['../x'] })).toBe(
    'results/explained-a_touch_owned_-3f2a91c4-...x.html',
  );
});

/** Names of files have at most 255 bytes, and a file is written under a longer one first. */
const MOST_BYTES = 255 - '.4194304.tmp'.length;

it('has a name that file systems take, whatever the submission is called', () => {
  const checks = Array.from({ length: 40 }, (_, i) => `tv-loss/check-${i}`);
  const names = ['陳'.repeat(80), 'long'.repeat(60), '𠮷'.repeat(60), 'e\u0301'.repeat(80)];
  for (const path of names.map((name) => `export/${name}.zip`)) {
    for (const asked of [[], ['tv-loss/batch'], checks]) {
      const page = of({ path, asked, reveal: true });
      expect(Buffer.byteLength(basename(page))).toBeLessThanOrEqual(MOST_BYTES);
      expect(page).toMatch(/-3f2a91c4.*-staff\.html$/);
      expect(page).not.toContain('\ufffd');
    }
  }
  expect(of({ path: `export/${'陳'.repeat(80)}.zip` })).toContain('陳'.repeat(60));
});

it('tells submissions apart by their paths where their names are cut or their contents are not known', () => {
  const long = '陳'.repeat(80);
  const pages = [
    of({ path: `export/${long}-a.zip` }),
    of({ path: `export/${long}-b.zip` }),
    of({ path: `other/${long}-b.zip` }),
    of({ path: 'one/results.json', sha256: '' }),
    of({ path: 'class-1/one/results.json', sha256: '' }),
    of({ path: 'one/results.json' }),
  ];
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages[3]).toMatch(/^results\/explained-one-[\da-f]{8}\.html$/);
});
