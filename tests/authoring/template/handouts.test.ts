import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import { completeHandouts, TABLE_OF_PARTS } from '../../../authoring/template/handouts.ts';
import type { ShippedPart } from '../../../authoring/template/layout.ts';
import { assignment } from '../../../reference/assignment.ts';
import { FIXTURES } from '../../../repository.ts';
import { compileMessages } from './compile-messages.ts';
import { examplesOf, rowsOf } from './marked-examples.ts';
import { temporaryFolder, writeFiles } from './small-assignment.ts';
import { repository, unpackTemplate } from './stand-alone.ts';

const template = generateTemplate({ root: repository, assignment });
const page = (id: string): string => String(template.get(`handouts/${id}.md`));
const overview = page('README');
const published = JSON.parse(readFileSync(join(FIXTURES, 'public/assignment.json'), 'utf8')) as {
  parts: { id: string; checks: { id: string }[] }[];
};

describe.each(assignment.parts)('the handout of $id', (part) => {
  const text = page(part.id);

  it('says where given code lies, to the line', () => {
    const rows = text.includes('## Given code') ? rowsOf(text, 'name') : [];
    for (const [name, where, what] of rows) {
      const [, path, line] = /^\[(.+):(\d+)\]\(/.exec(where)!;
      const declaration = String(template.get(path)).split('\n')[Number(line) - 1];
      expect(declaration).toMatch(new RegExp(String.raw`^export .*\b${name.replaceAll('`', '')}\b`));
      expect(what).not.toBe('');
    }
    expect(/gradientOf|Classifier|`lib\//.test(text) ? rows.length : 1).toBeGreaterThan(0);
  });

  it('has its place, its hours and its commands', () => {
    expect(text).toMatch(
      /^Part \d+ of \d+ in the \[recommended order\]\(README\.md\) · about (?:half an hour|[\d.]+ hours?)/m,
    );
    expect(text).toMatch(/^ {4}npm run check [\w-]+$/m);
    expect(text.includes(`    npm run visualize ${part.id}\n`)).toBe(template.has(`drivers/${part.id}.ts`));
  });

  it('says how to check, and calls public what is public', () => {
    expect(text).toContain('\n## How to check\n');
    const named = [...text.matchAll(/public checks?((?:(?:,| and)?\s+`[\w-]+`)+)/gi)].flatMap(([, list]) =>
      [...list.matchAll(/`([\w-]+)`/g)].map(([, id]) => id),
    );
    const open = published.parts.find(({ id }) => id === part.id)!.checks.map(({ id }) => id);
    expect(named.filter((id) => !open.includes(id))).toEqual([]);
  });

  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\(((?!https?:)[^)#]+)/g)].map(([, to]) => posix.join('handouts', to));
    expect(links.filter((path) => !template.has(path))).toEqual([]);
  });
});

describe('the overview', () => {
  const rows = rowsOf(overview, '');

  it('lists every part once, none before one that it calls', () => {
    expect(rows.map(([, title]) => /\((.+)\.md\)/.exec(title)?.[1]).sort()).toEqual(
      assignment.parts.map(({ id }) => id).sort(),
    );
    for (const [place, , , , , calls] of rows) {
      for (const other of calls.split(', ').filter((text) => text !== ''))
        expect(Number(other)).toBeLessThan(Number(place));
    }
    expect(rows.find(([, title]) => title.includes('Contrastive'))?.[5]).toBe('4, 5, 8');
  });

  it('shows an example that type-checks, runs, and prints what it says', async () => {
    const folder = temporaryFolder();
    await unpackTemplate(folder, template);
    const plain = join(FIXTURES, 'submissions/should-pass/saliency-map/plain/visualizers');
    cpSync(plain, join(folder, 'visualizers'), { recursive: true });
    const [{ code }] = examplesOf(overview);
    writeFileSync(join(folder, 'try.ts'), code);
    expect(compileMessages(folder, ['try.ts'])).toEqual(new Map());
    const { stdout, stderr, exitCode } = await execa('node', ['--import', 'tsx', 'try.ts'], { cwd: folder });
    const numbers = stdout
      .match(/-?\d+(?:\.\d+)?(?=[ ,\]])/g)!
      .map((text) => Number(Number(text).toFixed(4)));
    expect({ numbers, exitCode }).toEqual({ numbers: [-1.6, 4.8, 5, 6], exitCode: 0 });
    // What TensorFlow.js prints before them is named, so that nobody installs what it advises.
    const [advice] = /Hi, looks like you are running TensorFlow\.js in Node\.js/.exec(stdout + stderr)!;
    expect(overview.replaceAll(/\s+/g, ' ')).toContain(advice);
  });
});

describe('another assignment', () => {
  const handout = '# Mean\n\n**File:** `mean.ts` · **2 points**\n\n## How it is graded\n\nBy value.\n';
  function pages(handouts: Record<string, string>, order: readonly string[] = []): Map<string, string> {
    const directory = temporaryFolder();
    const ids = Object.keys(handouts);
    writeFiles(directory, {
      'mean.ts': 'export {};',
      'sum.ts': "import './mean.ts';",
    });
    const parts = ids.map((id): ShippedPart => ({
      id,
      directory,
      files: { [`${id}.ts`]: { source: `${id}.ts`, role: 'solution' } },
      handout: 'handout.md',
    }));
    const content = new Map([
      ['handouts/README.md', `# Parts\n\n${TABLE_OF_PARTS}\n`],
      [
        'lib/blur.ts',
        '/** Blurs. See {@link soft}. */\nexport function blur(): void {}\nexport const soft = 1;\n',
      ],
      ...ids.map((id): [string, string] => [`handouts/${id}.md`, handouts[id]]),
    ]);
    return completeHandouts({ parts, order, content });
  }

  it('needs neither hours nor drivers nor given code', () => {
    expect(pages({ mean: handout }).get('handouts/mean.md')).toBe(
      '# Mean\n\n**File:** `mean.ts` · **2 points**\n\nPart 1 of 1 in the [recommended order](README.md)\n\n' +
        '    npm run check mean\n\n## How it is graded\n\nBy value.\n',
    );
  });

  it('puts parts that the order names first, and says which call which', () => {
    const done = pages({ sum: handout, mean: handout }, ['mean', 'gone']);
    expect(done.get('handouts/README.md')).toMatch(
      /\| 1 \| \[Mean\]\(mean\.md\).*\n\| 2 \| \[Mean\]\(sum\.md\).* 1 \|/,
    );
    expect(done.get('handouts/sum.md')).toContain('calls what you wrote for: [Mean](mean.md)');
  });

  it.each([
    ['a name alone', '`blur`', true],
    ['a call', '`blur(images, 2)`', true],
    ['a field of a record', '`{ blur, sigma }`', false],
    ['a path', '`lib/blur.ts`', false],
    ['a block of code', '    blur(x)', false],
    ['a check', 'public checks `soft` and `blur`', false],
  ])('tells names of given code from others: %s', (_, text, isNamed) => {
    const done = pages({ mean: handout.replace('By value.', text) }).get('handouts/mean.md');
    expect(done!.includes('| `blur` | [lib/blur.ts:2](../lib/blur.ts#L2) | Blurs |')).toBe(isNamed);
  });
});
