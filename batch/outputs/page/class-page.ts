import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { counted } from '../../../grader/format/counted.ts';
import { htmlPage } from '../../../grader/report/html-page.ts';
import { themeStyle } from '../../../grader/report/page/assets.ts';
import { bonusRemark } from '../../../grader/report/grade-report.ts';
import { markup, type Markup } from '../../../grader/report/page/markup.ts';
import { STATUS_SHAPES, statusIcon, type Status } from '../../../grader/report/page/status.ts';
import type { SimilarBefore } from '../../similar/kept-similar.ts';
import { checkStatistics, passRate, type CheckStatistics } from '../check-statistics.ts';
import { isOurs, isRefused, type GradedSubmission } from '../class-result.ts';
import { contents } from './contents.ts';
import { link, table } from './elements.ts';
import { oursFirst, refusals, untried, withoutName } from './first-of-all.ts';
import { flakyChecks, incidents } from './oddities.ts';
import { similarSection } from './similar.ts';
import { scoreChart, timeChart, type PartTime } from './charts.ts';

const BROWSER = join(dirname(fileURLToPath(import.meta.url)), 'browser');
const asset = (name: string): string => readFileSync(join(BROWSER, name), 'utf8').replaceAll('\r\n', '\n');

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const short = (value: number): string => String(Math.round(value * 10) / 10);

/** A score as the CSV files have it, without the noise of sums. */
const scoreText = (value: number): string => String(Math.round(value * 1000) / 1000);

function scores(graded: readonly GradedSubmission[], points: number): Markup {
  // A zero for a file that is no zip says nothing of how hard the assignment is.
  const all = graded.filter((one) => !isOurs(one) && !isRefused(one)).map(({ entry }) => entry.score);
  if (all.length === 0)
    return markup`<section aria-labelledby="scores"><h2 id="scores">Scores</h2><p>None yet.</p></section>`;
  const highest = Math.max(...all);
  const mean = all.reduce((sum, score) => sum + score, 0) / all.length;
  const figures = [
    ['mean', short(mean)],
    ['median', short(median(all))],
    ['lowest', scoreText(Math.min(...all))],
    ['highest', scoreText(highest) + bonusRemark({ earned: highest, points })],
  ] as const;
  return markup`<section aria-labelledby="scores"><h2 id="scores">Scores</h2><dl class="figures">${figures.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>${scoreChart(all, points)}</section>`;
}

/** A bar of the share that passed, and the share in words. */
function rate(one: CheckStatistics): Markup {
  const share = passRate(one);
  if (share === undefined) return markup`<td class="number" data-value="2">nobody tried</td>`;
  const percent = Math.round(share * 100);
  return markup`<td class="number" data-value="${share}"><svg class="rate" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="passed" width="${percent}" height="8"/></svg>${percent} %</td>`;
}

function hintsOf({ hints, failed }: CheckStatistics): Markup | undefined {
  if (hints.length === 0) return undefined;
  const items = hints.map(
    ({ text, submissions }) =>
      markup`<li>${text} <span class="examples">${submissions.map((id) => markup`${link(id)} `)}</span></li>`,
  );
  return markup`<details><summary>what ${failed === 1 ? 'one' : `the ${failed}`} read</summary><ul>${items}</ul></details>`;
}

function checks(statistics: readonly CheckStatistics[]): Markup {
  const hardest = statistics.toSorted((a, b) => (passRate(a) ?? 2) - (passRate(b) ?? 2));
  const rows = hardest.map(
    (one) =>
      markup`<tr><td>${one.part}</td><td>${one.title}${one.half === 'private' ? markup` <span class="tag">private</span>` : ''}${hintsOf(one)}</td><td class="number" data-value="${one.points}">${one.points}</td>${rate(one)}<td class="number" data-value="${one.failed}">${one.failed}</td><td class="number" data-value="${one.skipped}">${one.skipped}</td><td class="number" data-value="${one.notAttempted}">${one.notAttempted}</td></tr>`,
  );
  return markup`<section aria-labelledby="by-check"><h2 id="by-check">Checks, the hardest first</h2>${table('checks', ['part', 'check', 'points', 'passed of those who tried', 'failed', 'skipped', 'not attempted'], rows)}</section>`;
}

function times(graded: readonly GradedSubmission[]): Markup | undefined {
  const byPart = new Map<string, number[]>();
  for (const { report } of graded.filter((one) => !isRefused(one))) {
    for (const { id, seconds } of report?.parts ?? []) byPart.set(id, [...(byPart.get(id) ?? []), seconds]);
  }
  const parts: PartTime[] = [...byPart].map(([part, seconds]) => ({ part, seconds }));
  if (parts.length === 0) return undefined;
  return markup`<section aria-labelledby="times"><h2 id="times">Time of each part</h2>${timeChart(parts)}</section>`;
}

function statusOf(one: GradedSubmission): [Status, string] {
  if (isOurs(one)) return ['errored', 'not judged'];
  return isRefused(one) ? ['failed', 'refused'] : ['passed', 'graded'];
}

function submissions(graded: readonly GradedSubmission[]): Markup {
  const rows = graded.map((one) => {
    const { submitted, entry, report } = one;
    const names = submitted.people.map(({ name }) => name).join(', ');
    const [status, word] = statusOf(one);
    return markup`<tr><td>${report ? link(submitted.id) : submitted.id}</td><td>${names}</td><td class="number" data-value="${entry.score}">${entry.state === 'failed' ? '' : scoreText(entry.score) + bonusRemark({ earned: entry.score, points: entry.points })}</td><td>${statusIcon(status)}${word}</td><td>${submitted.at?.slice(0, 16).replace('T', ' ')}</td><td class="number" data-value="${entry.seconds}">${short(entry.seconds)} s</td></tr>`;
  });
  return markup`<section aria-labelledby="all"><h2 id="all">Submissions</h2><p><label>Find <input type="search" id="find" autocomplete="off"></label> <span id="found" role="status"></span></p>${table('submissions', ['submission', 'who', 'score', 'state', 'submitted', 'took'], rows)}</section>`;
}

/**
 * How a class did: scores, checks, times, and a line for each submission that leads to its page.
 * @param leftOut the parts that were not graded of all: then there are no tables to upload
 */
export function classPage(
  graded: readonly GradedSubmission[],
  total: number,
  similar?: SimilarBefore,
  leftOut: readonly string[] = [],
): string {
  const report = graded.find((one) => one.report)?.report;
  const title = report?.assignment.title ?? 'A class';
  const points = report?.points ?? 0;
  const missing = total - graded.length;
  const facts = [
    counted(graded.length, 'submission'),
    counted(points, 'point'),
    ...(missing > 0 ? [`${missing} not graded yet`] : []),
    ...(leftOut.length > 0 ? [`nothing to upload, since not all have ${leftOut.join(', ')} graded`] : []),
  ];
  const [spent, odd, flaky] = [times(graded), incidents(graded), flakyChecks(graded)];
  const has = {
    incidents: odd !== undefined,
    flaky: flaky !== undefined,
    similar: similar !== undefined,
    times: spent !== undefined,
    uploads: leftOut.length === 0,
  };
  const body = markup`${STATUS_SHAPES}<header class="top"><h1>${title}: the class</h1><p class="facts">${facts.join(' · ')}</p>${contents(has)}</header><main>${oursFirst(graded)}${refusals(graded)}${untried(graded, leftOut)}${withoutName(graded)}${scores(graded, points)}${checks(checkStatistics(graded))}${odd}${flaky}${similar && similarSection(similar)}${spent}${submissions(graded)}</main>`;
  return htmlPage({
    title: `${title}: the class`,
    style: themeStyle() + asset('class.css'),
    script: `'use strict';\n${asset('class.js')}`,
    body: body.html,
  });
}
