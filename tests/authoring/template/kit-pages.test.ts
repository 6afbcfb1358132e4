import { posix } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import { assignment } from '../../../reference/assignment.ts';
import { repository } from './stand-alone.ts';

const template = generateTemplate({ root: repository, assignment });
const pages = [...template.keys()].filter((path) => path.endsWith('.md') && !path.startsWith('lib/'));
const { scripts } = JSON.parse(String(template.get('package.json'))) as { scripts: Record<string, string> };

function tokensOf(page: string): Token[] {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(String(template.get(page))), (token) => {
    tokens.push(token);
  });
  return tokens;
}

/** As GitHub and VS Code make them of headings. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-');

const codeOf = (page: string): string[] =>
  tokensOf(page).flatMap((token) =>
    token.type === 'codespan' || token.type === 'code' ? [(token as Tokens.Code).text] : [],
  );

describe.each(pages)('%s', (page) => {
  it('links to files, lines and sections that are there', () => {
    const broken = tokensOf(page)
      .flatMap((token) =>
        token.type === 'link' || token.type === 'image' ? [(token as Tokens.Link).href] : [],
      )
      .filter((href) => !/^(?:https?:|\.\.\/visualization\/|pictures\/)/.test(href))
      .filter((href) => {
        const [path, anchor] = href.split('#');
        const target = path === '' ? page : posix.join(posix.dirname(page), path);
        const text = template.get(target);
        if (text === undefined) return true;
        if (anchor === undefined) return false;
        const line = /^L(\d+)$/.exec(anchor);
        if (line) return Number(line[1]) > String(text).split('\n').length;
        const headings = tokensOf(target).filter(({ type }) => type === 'heading') as Tokens.Heading[];
        return !headings.some((heading) => anchorOf(heading.text) === anchor);
      });
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const folders = 'handouts|visualizers|style-modules|introspection|contract|lib|drivers|report';
    const pattern = new RegExp(String.raw`(?<![\w./-])(?:${folders})/[\w./-]*\w`, 'g');
    const named = codeOf(page).flatMap((code) => code.match(pattern) ?? []);
    const made = ['report/report.html', 'report/report.pdf'];
    const gone = named.filter(
      (path) => !made.includes(path) && ![...template.keys()].some((one) => `${one}/`.startsWith(`${path}/`)),
    );
    expect(gone).toEqual([]);
  });

  it.skipIf(!('check' in scripts))('names commands that are there', () => {
    const named = codeOf(page).flatMap((code) =>
      [...code.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name),
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it('the first ten minutes are four commands', () => {
  const readme = String(template.get('README.md'));
  const block = /## The first ten minutes[^]*?```\n([^]*?)```/.exec(readme)?.[1].trim().split('\n');
  expect(block).toHaveLength(4);
  expect(block?.map((line) => /^npm (?:run )?(\w+)/.exec(line)?.[1])).toEqual([
    'install',
    'check',
    'visualize',
    'collect',
  ]);
});
