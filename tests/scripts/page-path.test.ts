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
