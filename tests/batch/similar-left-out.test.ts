import { afterEach, expect, it, vi } from 'vitest';
import { parseHTML } from 'linkedom';
import { classPage } from '../../batch/outputs/page/class-page.ts';
import { findSimilar } from '../../batch/similar/find-similar.ts';
import type * as Places from '../../batch/similar/shared-places.ts';
import type * as Tokenize from '../../batch/similar/tokenize.ts';
import { leftOutLines } from '../../scripts/class/summary.ts';
import { check, graded } from './graded.ts';

const failing = vi.hoisted(() => ({ places: false }));

vi.mock('../../batch/similar/tokenize.ts', async (original) => {
  const { tokenize } = await original<typeof Tokenize>();
  return {
    tokenize: (source: Parameters<typeof tokenize>[0]) => {
      if (source.text.includes('BREAK')) throw new RangeError('too deep');
      return tokenize(source);
    },
  };
});
vi.mock('../../batch/similar/shared-places.ts', async (original) => {
  const { sharedPlaces } = await original<typeof Places>();
  return {
    sharedPlaces: (setup: Parameters<typeof sharedPlaces>[0]) => {
      if (failing.places) throw new Error('no fragments');
      return sharedPlaces(setup);
    },
  };
});
afterEach(() => (failing.places = false));

/** Two who share this much share what nobody else has. */
const long = Array.from(
  { length: 30 },
  (_, i) => `export const v${i} = [${'1, '.repeat(i)}f(${'g('.repeat(i % 5)}x${')'.repeat(i % 5)})];`,
).join('\n');
const template = new Map([
  ['a.ts', 'export const a = 1;'],
  ['b.ts', 'export const b = 1;'],
]);
const files = (a: string, b: string) =>
  new Map([
    ['a.ts', a],
    ['b.ts', b],
  ]);
const pairOf = ({ pairs }: ReturnType<typeof findSimilar>): string[] =>
  pairs.map(({ left, right }) => `${left} ${right}`);

it('a file of a submission that cannot be compared costs nothing but itself', () => {
  const submissions = new Map([
    ['ana', files(long, 'BREAK')],
    ['ben', files(long, 'f(1);')],
    ['cleo', files('BREAK', 'g(2);')],
  ]);
  const similar = findSimilar({ submissions, template });
  expect(pairOf(similar)).toEqual(['ana ben']);
  expect(similar.leftOut).toEqual([
    { what: 'cleo: a.ts', why: 'too deep' },
    { what: 'ana: b.ts', why: 'too deep' },
  ]);
  expect(leftOutLines(similar)).toEqual([
    'Who is like whom was found out without these:',
    '  cleo: a.ts: too deep',
    '  ana: b.ts: too deep',
  ]);
  const { document } = parseHTML(classPage([graded('ana', [check('a')])], 1, similar));
  expect(document.querySelector('#similar ~ ul li')?.textContent).toBe('cleo: a.ts: too deep');
});

it('a file that cannot be compared at all leaves what the other files say', () => {
  const submissions = new Map([
    ['ana', files('f(1);', long)],
    ['ben', files('g(1);', long)],
  ]);
  const broken = new Map([...template, ['a.ts', 'BREAK']]);
  const similar = findSimilar({ submissions, template: broken });
  expect(pairOf(similar)).toEqual(['ana ben']);
  expect(new Set(similar.pairs[0].places?.map(({ path }) => path))).toEqual(new Set(['b.ts']));
  expect(similar.leftOut).toEqual([{ what: 'a.ts', why: 'too deep' }]);
});

it('a pair whose places cannot be found is shown without them', () => {
  failing.places = true;
  const submissions = new Map([
    ['ana', files(long, '')],
    ['ben', files(long, '')],
  ]);
  const similar = findSimilar({ submissions, template });
  expect(pairOf(similar)).toEqual(['ana ben']);
  expect(similar.leftOut).toEqual([{ what: 'the places of ana and ben', why: 'no fragments' }]);
  expect(classPage([graded('ana', [check('a')])], 1, similar)).toContain('where, could not be found out');
});

it('tells how much of the work is done', () => {
  const told: string[] = [];
  findSimilar({ submissions: new Map(), template, onStep: (done, total) => told.push(`${done}/${total}`) });
  expect(told).toEqual(['0/102', '1/102', '102/102']);
});
