import { htmlPage } from '../html-page.ts';
import { pageAssets } from './assets.ts';
import { markup, type Markup } from './markup.ts';
import { STATUS_SHAPES, statusIcon, STATUSES, WORD, type Status } from './status.ts';

export type Counts = Readonly<Partial<Record<Status, number>>>;

/** A group of checks: a line of the index, and a section. */
export interface Section {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly points: string;
  readonly counts: Counts;
  /** What stands above the checks. */
  readonly about?: Markup;
  readonly checks: readonly Entry[];
  /** No group of quiet checks is folded away. */
  readonly unfolded?: boolean;
}

/** A check's card with its status. */
export interface Entry {
  readonly status: Status;
  readonly card: Markup;
}

export interface Page {
  readonly title: string;
  /** `12 of 20 points`, the number first. */
  readonly score: readonly [number: string, rest: string];
  /** Short facts under the title. */
  readonly facts: readonly string[];
  /** What a reader should know first. */
  readonly opening: Markup;
  readonly counts: Counts;
  readonly sections: readonly Section[];
  /** What follows the checks. */
  readonly closing?: Markup;
  readonly live?: boolean;
}

const counted = (counts: Counts): [Status, number][] =>
  STATUSES.flatMap((status) => (counts[status] ? [[status, counts[status]] as [Status, number]] : []));

/** `3 failed, 1 skipped`. */
const inWords = (counts: Counts): string =>
  counted(counts)
    .map(([status, count]) => `${count} ${WORD[status]}`)
    .join(', ');

/** A bar whose parts are as long as the counts. */
function bar(counts: Counts): Markup {
  const all = counted(counts);
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  let x = 0;
  const pieces = all.map(([status, count]) => {
    const width = (100 * count) / total;
    x += width;
    return markup`<rect class="${status}" x="${(x - width).toFixed(3)}" width="${width.toFixed(3)}" height="8"/>`;
  });
  return markup`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg>`;
}

function filters(counts: Counts): Markup {
  const buttons = counted(counts).map(
    ([status, count]) =>
      markup`<button type="button" class="${status}" aria-pressed="false" data-show="${status}">${statusIcon(status)}<strong>${count}</strong> ${WORD[status]}</button>`,
  );
  return markup`<div class="filters" role="group" aria-label="Show only checks that are">${buttons}</div>`;
}

function indexLine({ id, title, points, counts }: Section): Markup {
  const worst = counted(counts)[0]?.[0] ?? 'info';
  return markup`<li><a href="#${id}">${statusIcon(worst)}<span class="name">${title}</span><span class="points">${points}</span><span class="counts">${inWords(counts)}</span>${bar(counts)}</a></li>`;
}

/** Checks that need no work, or none before others do: of these a group of one kind is folded away. */
const QUIET: ReadonlySet<Status> = new Set<Status>(['passed', 'skipped', 'not-attempted']);

/** The checks in their order, neighbours of one quiet kind folded into a line. */
function folded(checks: readonly Entry[]): Markup[] {
  const runs: Entry[][] = [];
  for (const entry of checks) {
    const last = runs.at(-1);
    if (last?.[0].status === entry.status) last.push(entry);
    else runs.push([entry]);
  }
  return runs.map((run) => {
    const { status } = run[0];
    const cards = run.map(({ card }) => card);
    if (run.length === 1 || !QUIET.has(status)) return markup`${cards}`;
    return markup`<details class="fold"><summary>${statusIcon(status)}${run.length} ${WORD[status]}</summary>${cards}</details>`;
  });
}

function sectionOf({ id, title, points, about, checks, unfolded = false }: Section): Markup {
  const cards = unfolded ? checks.map(({ card }) => card) : folded(checks);
  return markup`<section id="${id}" aria-labelledby="${id}-title"><header><h2 id="${id}-title">${title}</h2><span class="points">${points}</span></header>${about}${cards}</section>`;
}

/** A page of results: summary, index, sections. It follows the reader's choice of light or dark. */
export function resultsPage(page: Page): string {
  const { title, score, facts, opening, counts, sections, closing, live = false } = page;
  const body = markup`${STATUS_SHAPES}
<a class="skip" href="#checks">Skip to the checks</a>
<p id="live" role="status"></p>
<div id="report">
<header class="top">
<div class="titles"><h1>${title}</h1><p class="facts">${facts.map((fact) => markup`<span>${fact}</span>`)}</p></div>
<p class="score"><strong>${score[0]}</strong> ${score[1]}</p>
${bar(counts)}
<div class="bars">${filters(counts)}<div class="tools"><label>Find <input type="search" id="find" autocomplete="off"></label><button type="button" data-open="true">Open all</button><button type="button" data-open="false">Close all</button></div></div>
</header>
<div class="columns">
<nav aria-label="Parts"><ol>${sections.map(indexLine)}</ol></nav>
<main id="checks" tabindex="-1">
${opening}
<p id="nothing" hidden>No check fits what is chosen above.</p>
${sections.map(sectionOf)}
${closing}
</main>
</div>
</div>`;
  return htmlPage({ title, ...pageAssets(), body: body.html, live });
}
