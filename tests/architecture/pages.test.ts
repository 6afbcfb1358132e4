import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { addPoints } from '../../grader/report/grade-report.ts';
import { ASSIGNMENT, ROOT } from '../../repository.ts';
import { trackedFiles } from './tracked-files.ts';

/** What users read of the repository as it is; the change log also tells of what was. */
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function tokensOf(page: string): Token[] {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(read(page)), (token) => {
    tokens.push(token);
  });
  return tokens;
}

/** Code between words and in blocks. */
const codeOf = (page: string): string[] =>
  tokensOf(page)
    .filter(({ type }) => type === 'codespan' || type === 'code')
    .map((token) => (token as Tokens.Code).text);

/** As GitHub makes them of headings. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-');

const tracked = trackedFiles();
const topLevel = [...new Set(tracked.map((path) => path.split('/')[0]))];

/** Paths in code that begin at the root of the repository, as far as they name one file or folder, or a glob. */
function pathsIn(code: string): string[] {
  const names = topLevel.map((name) => name.replaceAll('.', String.raw`\.`)).join('|');
  const pattern = new RegExp(String.raw`(?<![\w./-])(?:${names})(?![\w-])(?:/[\w.*-]+)*`, 'g');
  return code.match(pattern) ?? [];
}

function isThere(path: string): boolean {
  const pattern = path
    .split('*')
    .map((text) => text.replaceAll('.', String.raw`\.`))
    .join('[^/]*');
  const found = new RegExp(`^${pattern}(?:/|$)`);
  return tracked.some((one) => found.test(one));
}

const scriptsOf = (manifest: string): string[] =>
  Object.keys((JSON.parse(read(manifest)) as { scripts: Record<string, string> }).scripts);

describe.each(PAGES)('%s', (page) => {
  it('names files and folders that are there', () => {
    expect(
      codeOf(page)
        .flatMap(pathsIn)
        .filter((path) => !isThere(path)),
    ).toEqual([]);
  });

  it('names commands that are there', () => {
    const manifest = page === 'docs/students.md' ? 'reference/template/package.json' : 'package.json';
    const named = codeOf(page).flatMap((code) =>
      [...code.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name),
    );
    const known = scriptsOf(manifest);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('links to pages and sections that are there', () => {
    const links = tokensOf(page).filter(({ type }) => type === 'link' || type === 'image') as Tokens.Link[];
    const broken = links
      .map(({ href }) => href)
      .filter((href) => {
        if (/^\w+:/.test(href)) return false;
        const [path, anchor] = href.split('#');
        const target = path === '' ? page : posix.join(dirname(page), path);
        if (!existsSync(join(ROOT, target))) return true;
        const headings = () => tokensOf(target).filter(({ type }) => type === 'heading') as Tokens.Heading[];
        return anchor !== undefined && !headings().some(({ text }) => anchorOf(text) === anchor);
      });
    expect(broken).toEqual([]);
  });
});

/** The first cells of a page's tables, without backticks. */
function firstCells(page: string): string[] {
  const tables = tokensOf(page).filter(({ type }) => type === 'table') as Tokens.Table[];
  return tables.flatMap(({ rows }) => rows.map(([{ text }]) => text.replaceAll('`', '')));
}

it('the README’s map shows everything at the root', () => {
  const shown = firstCells('README.md').flatMap((cell) =>
    cell.split(', ').map((name) => name.replace(/\/$/, '')),
  );
  expect(topLevel.filter((name) => name !== 'README.md' && !shown.includes(name))).toEqual([]);
});

it('the pages have the numbers of the assignment as it is', () => {
  const { parts } = loadAssignment(ASSIGNMENT);
  const checks = parts.flatMap((part) => part.checks.map(({ check }) => check));
  const sum = (of: (check: (typeof checks)[number]) => boolean): number =>
    addPoints(checks.filter(of).map(({ points }) => points));
  const [, all, possible, passed] = /Score ([\d.]+) of ([\d.]+), with bonus {2}\((\d+) passed/.exec(
    read('README.md'),
  )!;
  expect([all, possible, passed].map(Number)).toEqual([
    sum(() => true),
    sum(({ bonus }) => !bonus),
    checks.length,
  ]);
  const [, ofCode] = /Points for how code is written \([^)]*\), ([\d.]+) of 100/.exec(
    read('docs/security.md'),
  )!;
  const isOfCode = ({ kind, bonus }: (typeof checks)[number]): boolean =>
    !bonus && (kind === 'memory' || kind === 'source-rule');
  expect(Number(ofCode)).toBeCloseTo(sum(isOfCode), 1);
});

it('the page on design tells of every room of the engine', () => {
  const rooms = readdirSync(join(ROOT, 'grader'));
  expect(rooms.filter((room) => !firstCells('docs/design.md').includes(room))).toEqual([]);
});

it('the page on design says of every package why it is there, with its version', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const rows = (tokensOf('docs/design.md').filter(({ type }) => type === 'table') as Tokens.Table[])
    .flatMap((table) => table.rows)
    .map((row) => row.map(({ text }) => text.replaceAll('`', '')));
  const unexplained = Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => !name.startsWith('@types/'))
    .filter(([name, version]) => {
      const row = rows.find(([names]) => names.split(', ').includes(name));
      return !row?.[1].split(', ').includes(version);
    });
  expect(unexplained).toEqual([]);
});
