import { counted } from '../../../grader/format/counted.ts';
import { markup, type Markup } from '../../../grader/report/page/markup.ts';
import { passRate, type CheckStatistics } from '../check-statistics.ts';
import { figure, finder, link, table } from './elements.ts';

/** So many of the hardest stand open; in a large class somebody fails almost every check. */
const MOST_OPEN = 20;

const COLUMNS = [
  'part',
  'check',
  'points',
  'passed of those who tried',
  'failed',
  'skipped',
  'not attempted',
] as const;

/** A bar of the share that passed, and the share in words. */
function rate(one: CheckStatistics): Markup {
  const share = passRate(one);
  if (share === undefined) return figure('passed', 2, 'nobody tried');
  const percent = Math.round(share * 100);
  return figure(
    'passed',
    share,
    markup`<svg class="rate" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="passed" width="${percent}" height="8"/></svg>${percent} %`,
  );
}

function hintsOf({ hints, failed }: CheckStatistics): Markup | undefined {
  if (hints.length === 0) return undefined;
  const items = hints.map(
    ({ text, submissions }) =>
      markup`<li>${text} <span class="examples">${submissions.map((id) => markup`${link(id)} `)}</span></li>`,
  );
  return markup`<details><summary>what ${failed === 1 ? 'one' : `the ${failed}`} read</summary><ul>${items}</ul></details>`;
}

function row(one: CheckStatistics): Markup {
  const tag = one.half === 'private' ? markup` <span class="tag">private</span>` : '';
  return markup`<tr><td>${one.part}</td><td class="first">${one.title}${tag}${hintsOf(one)}</td>${figure('points', one.points)}${rate(one)}${figure('failed', one.failed)}${figure('skipped', one.skipped)}${figure('not attempted', one.notAttempted)}</tr>`;
}

/** A closed list with how many it holds; nothing where that is none. */
function closed(label: string, all: readonly CheckStatistics[]): Markup | undefined {
  if (all.length === 0) return undefined;
  return markup`<details class="rest"><summary>${label}: ${counted(all.length, 'check')}</summary>${table(`checks: ${label}`, COLUMNS, all.map(row), 'stacked')}</details>`;
}

/** What somebody failed stands open, the hardest first; what needs nobody's eye is closed and counted. */
export function checks(statistics: readonly CheckStatistics[]): Markup {
  const hardest = statistics.toSorted((a, b) => (passRate(a) ?? 2) - (passRate(b) ?? 2));
  const failed = hardest.filter((one) => one.failed > 0);
  const scored = failed.filter(({ points }) => points > 0);
  const open = scored.slice(0, MOST_OPEN);
  const none = statistics.length === 0 ? 'None yet.' : 'Nobody failed a check that has points.';
  const first =
    open.length === 0 ? markup`<p>${none}</p>` : table('checks', COLUMNS, open.map(row), 'stacked');
  const rest = [
    closed('also failed by somebody', scored.slice(MOST_OPEN)),
    closed(
      'failed, without points',
      failed.filter(({ points }) => points === 0),
    ),
    closed(
      'passed by all who tried',
      statistics.filter((one) => passRate(one) === 1),
    ),
    closed(
      'tried by nobody',
      statistics.filter((one) => passRate(one) === undefined),
    ),
  ];
  const find = statistics.length === 0 ? undefined : finder('Find a check');
  return markup`<section aria-labelledby="by-check" data-search><h2 id="by-check">Checks, the hardest first</h2>${find}${first}${rest}</section>`;
}
