import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { classPage } from '../../batch/outputs/page/class-page.ts';
import { findSimilar } from '../../batch/similar/find-similar.ts';
import { keepSimilar, similarBefore } from '../../batch/similar/kept-similar.ts';
import { tokenize } from '../../batch/similar/tokenize.ts';
import { BatchFolder } from '../../batch/store/batch-folder.ts';
import { syntaxTokens } from '../../grader/source/index.ts';
import { randomStream, type RandomStream } from '../../reference/lib/random.ts';
import { check, graded } from './graded.ts';

const PATH = 'part/solution.ts';
const given = `export function prepare(x: number[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < x.length; i++) {
    if (x[i] > 0 && i % 2 === 0) out.push(Math.sqrt(x[i]) + 1);
    else out.push(-x[i]);
  }
  return out.map((v) => v / Math.max(...out)).filter((v) => !Number.isNaN(v));
}
`;

/** An expression of a form that is drawn. */
function expression(random: RandomStream, depth: number): string {
  if (depth === 0) return random.uniform() < 0.5 ? 'x[0]' : '3';
  const inner = (): string => expression(random, depth - 1);
  const forms = [
    () => `(${inner()} + ${inner()})`,
    () => `x.map((e) => e * ${inner()}).length`,
    () => `(x.length ? ${inner()} : ${inner()})`,
    () => `Math.max(${inner()}, ${inner()})`,
    () => `[${inner()}, ${inner()}].length`,
    () => `-${inner()}`,
  ];
  return forms[random.integer(0, forms.length - 1)]();
}

/** Statements of which no two people have the same. */
function body(seed: string): string {
  const random = randomStream(seed);
  return Array.from({ length: 10 }, (_, i) => `const v${i} = ${expression(random, 4)};`).join('\n  ');
}

const solution = (seed: string): string =>
  `${given}export function solve(x: number[]): number[] {\n  ${body(seed)}\n  return x;\n}\n`;

const renamed = (text: string): string =>
  `// My own work.\n${text.replaceAll(/\bv(\d+)\b/g, 'other$1').replaceAll('; ', ';\n    ')}`;

const classWith = (others: Readonly<Record<string, string>>) =>
  new Map(
    [
      ...Array.from({ length: 12 }, (_, i): [string, string] => [`s${i}`, solution(`one ${i}`)]),
      ...Object.entries(others),
    ].map(([id, text]) => [id, new Map([[PATH, text]])]),
  );
const template = new Map([[PATH, given]]);

describe('submissions that are alike', () => {
  const similar = findSimilar({
    submissions: classWith({
      copy: renamed(solution('one 3')),
      again: renamed(solution('one 3')),
      stub: given,
    }),
    template,
  });

  it('are found though names, remarks and layout are others, and nobody else is', () => {
    const found = similar.pairs.map(({ left, right }) => [left, right].sort().join(' '));
    expect(found.sort()).toEqual(['again copy', 'again s3', 'copy s3']);
    expect(similar.groups).toEqual([['again', 'copy', 's3']]);
    for (const { share } of similar.pairs) expect(share).toBeGreaterThan(0.9);
  });

  it('have their shared places side by side, without what the template gave', () => {
    const pair = similar.pairs.find(({ left, right }) => left === 's3' && right === 'copy');
    const [place] = pair?.places ?? [];
    expect(place.path).toBe(PATH);
    expect(place.left.first).toBeGreaterThan(given.split('\n').length - 1);
    expect(place.left.lines.join('\n')).toContain('v9');
    expect(place.right.lines.join('\n')).toContain('other9');
  });

  it('are none where all have the same, since that is the obvious way', () => {
    const same = new Map(Array.from({ length: 12 }, (_, i) => [`s${i}`, new Map([[PATH, solution('all')]])]));
    expect(findSimilar({ submissions: same, template })).toEqual({
      pairs: [],
      groups: [],
      compared: 12,
      leftOut: [],
    });
  });

  it('are shown on the page as text', () => {
    const hostile = { ...similar, pairs: similar.pairs.map((pair) => ({ ...pair, left: '<img src=x>' })) };
    const { document } = parseHTML(classPage([graded('a', [check('a')])], 1, hostile));
    expect(document.querySelectorAll('#similar')).toHaveLength(1);
    expect(document.querySelectorAll('.beside figure').length).toBeGreaterThanOrEqual(6);
    expect(document.querySelector('img')).toBeNull();
  });
});

it('a file that repeats itself without end is read to a bound', () => {
  const text = 'f(1);\n'.repeat(20_000);
  expect(tokenize({ owner: 'a', path: PATH, text }).tokens).toHaveLength(10_000);
});

it('a syntax tree as tokens knows no names and no layout', () => {
  const kinds = (text: string): string[] => syntaxTokens({ path: 'a.ts', text }).map(({ kind }) => kind);
  expect(kinds('const a = 1;')).toEqual(kinds('\n  const other =\n 2 // two\n'));
  expect(kinds('const a = 1;')).not.toEqual(kinds('const a = b;'));
  expect(kinds('('.repeat(100_000))).toEqual([]);
  const [first, second] = syntaxTokens({ path: 'a.ts', text: '\nlet a = 1;' });
  expect([first.from, first.to, second.from]).toEqual([
    { row: 1, column: 0 },
    { row: 1, column: 0 },
    { row: 1, column: 0 },
  ]);
});

it('what was found before counts for the same submissions alone, and not where it is damaged', () => {
  const root = mkdtempSync(join(tmpdir(), 'introspection-similar-'));
  try {
    const folder = new BatchFolder(root);
    const nobody = { pairs: [], groups: [], compared: 2, leftOut: [] };
    expect(similarBefore(folder, 'one')).toBeUndefined();
    keepSimilar(folder, 'one', nobody);
    expect(similarBefore(folder, 'one')).toEqual(nobody);
    expect(similarBefore(folder, 'other')).toBe('outdated');
    writeFileSync(join(root, 'similar.json'), '{"key":');
    expect(similarBefore(folder, 'one')).toBe('outdated');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
