import { readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import ts from 'typescript';
import { givenNames, type GivenName } from './given-names.ts';
import type { ShippedPart } from './layout.ts';
import { STATED_POINTS } from './stated-points.ts';

/** Stands in `handouts/README.md` for the table of all parts. */
export const TABLE_OF_PARTS = '<!-- table of parts -->';

const INDEX = 'handouts/README.md';

/** A part as its handout and the table of all parts speak of it. */
interface Entry {
  /** What students type: the name of the file that they submit. */
  readonly name: string;
  /** From 1, in the order that is recommended. */
  readonly place: number;
  readonly title: string;
  readonly page: string;
  readonly file: string;
  readonly points: string;
  readonly hours?: number;
  /** Parts whose functions its own calls. */
  readonly buildsOn: readonly string[];
  readonly isDrawn: boolean;
}

const written = ({ files }: ShippedPart): [path: string, source: string][] =>
  Object.entries(files)
    .filter(([, { role }]) => role !== 'given')
    .map(([path, { source }]) => [path, source]);

/** The parts that a part's solution imports, by id. */
function imports(part: ShippedPart, parts: readonly ShippedPart[]): string[] {
  const imported = written(part)
    .filter(([path]) => path.endsWith('.ts'))
    .flatMap(([, source]) => {
      const file = join(part.directory, source);
      return ts
        .preProcessFile(readFileSync(file, 'utf8'))
        .importedFiles.map(({ fileName }) => resolve(dirname(file), fileName));
    });
  const isImported = (other: ShippedPart): boolean =>
    other !== part &&
    !other.solved &&
    written(other).some(([, source]) => imported.includes(join(other.directory, source)));
  return parts.filter(isImported).map(({ id }) => id);
}

/** The parts that are asked, as recommended: those that `order` names first, in its order. */
function inOrder(parts: readonly ShippedPart[], order: readonly string[]): ShippedPart[] {
  const place = ({ id }: ShippedPart): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return parts.filter(({ solved }) => !solved).toSorted((a, b) => place(a) - place(b));
}

function entryOf(
  part: ShippedPart,
  { parts, place, content }: { parts: readonly ShippedPart[]; place: number; content: Content },
): Entry {
  const page = `handouts/${part.id}.md`;
  const text = String(content.get(page));
  const [[file] = [page]] = written(part);
  return {
    name: posix.basename(file, posix.extname(file)),
    place,
    title: /^# (.+)$/m.exec(text)?.[1] ?? part.id,
    page,
    file,
    points:
      STATED_POINTS.exec(text)?.[0]
        .replaceAll('**', '')
        .replaceAll(/ (?:bonus )?points?/g, '')
        .replace(', ', ' + ') ?? '',
    ...(part.hours === undefined ? {} : { hours: part.hours }),
    buildsOn: imports(part, parts),
    isDrawn: content.has(`drivers/${part.id}.ts`),
  };
}

type Content = ReadonlyMap<string, string | Uint8Array>;

const hoursInWords = (hours: number): string =>
  hours === 0.5 ? 'half an hour' : `${hours} ${hours === 1 ? 'hour' : 'hours'}`;

const link = (title: string, page: string): string => `[${title}](${posix.basename(page)})`;

function introduction(entry: Entry, all: ReadonlyMap<string, Entry>): string {
  const { name, place, hours, buildsOn, isDrawn } = entry;
  const others = buildsOn.map((id) => all.get(id)!).map(({ title, page }) => link(title, page));
  const facts = [
    `Part ${place} of ${all.size} in the ${link('recommended order', INDEX)}`,
    ...(hours === undefined ? [] : [`about ${hoursInWords(hours)}`]),
    ...(others.length === 0 ? [] : [`calls what you wrote for: ${others.join(', ')}`]),
  ];
  const commands = [`npm run check ${name}`, ...(isDrawn ? [`npm run visualize ${name}`] : [])];
  return `${facts.join(' · ')}\n\n    ${commands.join('\n    ')}\n`;
}

/** Puts text behind the paragraph that says how many points a part has. */
function behindPoints(page: string, text: string): string {
  const stated = STATED_POINTS.exec(page);
  if (!stated) return page;
  const end = page.indexOf('\n\n', stated.index);
  return end === -1
    ? `${page.trimEnd()}\n\n${text}`
    : `${page.slice(0, end)}\n\n${text}${page.slice(end + 1)}`;
}

/**
 * Names in the code between words, such as `blur` in `` `blur(images, sigma)` ``. A word in lower case counts where it
 * stands alone or is called: in `{ image, adam }` it names a field. Names of checks are none.
 */
function namesIn(page: string): Set<string> {
  const prose = page
    .replaceAll(/^(?: {4}|```[^]*?^```).*$/gm, '')
    .replaceAll(/public checks?(?:(?:,| and)?\s+`[\w-]+`)+/gi, '');
  const code = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text);
  return new Set(
    code.flatMap((text) =>
      [...text.matchAll(/(?<![\w./-])[A-Za-z]\w*(?![\w/-])/g)]
        .filter(([name], _, all) => /[A-Z]/.test(name) || all.length === 1 || text.includes(`${name}(`))
        .map(([name]) => name),
    ),
  );
}

function tableOfGiven(page: string, given: ReadonlyMap<string, readonly GivenName[]>): string {
  const named = [...namesIn(page)].flatMap((name) => given.get(name) ?? []);
  if (named.length === 0) return '';
  const row = ({ name, path, line, summary }: GivenName): string =>
    `| \`${name}\` | [${path}:${line}](../${path}#L${line}) | ${summary.replaceAll('|', String.raw`\|`)} |`;
  return [
    '## Given code that this page names',
    '',
    '| name | where | what it is |',
    '|---|---|---|',
    ...named.toSorted((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1)).map(row),
    '',
  ].join('\n');
}

function tableOfParts(entries: readonly Entry[], all: ReadonlyMap<string, Entry>): string {
  const row = ({ place, title, page, file, points, hours, buildsOn, name }: Entry): string => {
    const others = buildsOn.map((id) => all.get(id)!.place).toSorted((a, b) => a - b);
    return `| ${[place, link(title, page), `\`${file}\``, points, hours ?? '', others.join(', '), `\`npm run check ${name}\``].join(' | ')} |`;
  };
  return [
    '| | part | yours | points | hours | calls | check it |',
    '|---|---|---|---|---|---|---|',
    ...entries.map(row),
  ].join('\n');
}

/**
 * Completes the pages in `handouts/` by what can be read off the template: place, hours, commands and dependencies of
 * each part, the lines of the given code that its page names, and the table of all parts.
 *
 * @param options.order ids of parts in the order that is recommended; others come behind them, as they stand
 * @param options.content the files of the template
 * @returns the pages that this changes, by template path
 */
export function completeHandouts({
  parts,
  order = [],
  content,
}: {
  parts: readonly ShippedPart[];
  order?: readonly string[];
  content: Content;
}): Map<string, string> {
  const ordered = inOrder(parts, order);
  const entries = ordered.map((part, i) => entryOf(part, { parts, place: i + 1, content }));
  const all = new Map(ordered.map(({ id }, i) => [id, entries[i]]));
  const given = givenNames(content);
  const pages = new Map<string, string>();
  for (const entry of entries) {
    const page = String(content.get(entry.page));
    const table = tableOfGiven(page, given);
    const introduced = behindPoints(page, introduction(entry, all));
    const graded = introduced.search(/^## How it is graded$/m);
    pages.set(
      entry.page,
      table === '' || graded === -1
        ? introduced + (table === '' ? '' : `\n${table}`)
        : `${introduced.slice(0, graded)}${table}\n${introduced.slice(graded)}`,
    );
  }
  const index = content.get(INDEX);
  if (typeof index === 'string') pages.set(INDEX, index.replace(TABLE_OF_PARTS, tableOfParts(entries, all)));
  return pages;
}
