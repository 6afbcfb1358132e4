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
import { checkStatistics } from '../check-statistics.ts';
import {
  hasUploads,
  isOurs,
  isRefused,
  nothingTried,
  rowsToUpload,
  type GradedSubmission,
} from '../class-result.ts';
import { checks } from './checks.ts';
import { contents } from './contents.ts';
import { figure, finder, link, table } from './elements.ts';
import { maximum, minimum } from './extremes.ts';
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

/** How many submissions say nothing of how hard the assignment is, and why; nothing where there are none. */
function leftOutOfStatistics(graded: readonly GradedSubmission[], empty: number): Markup | undefined {
  const [refused, ours] = [graded.filter(isRefused).length, graded.filter(isOurs).length];
  const without = [
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(empty > 0 ? [`${empty} with nothing to grade`] : []),
  ];
  const sentences = [
    ...(without.length > 0
      ? [
          `Scores, checks and times are without ${counted(refused + empty, 'submission')}: ${without.join(', ')}.`,
        ]
      : []),
    ...(ours > 0 ? [`Scores are without ${ours} not judged.`] : []),
  ];
  return sentences.length > 0 ? markup`<p class="facts">${sentences.join(' ')}</p>` : undefined;
}

/** @param tried the submissions that statistics are made of */
function scores(tried: readonly GradedSubmission[], points: number, without: Markup | undefined): Markup {
  const all = tried.filter((one) => !isOurs(one)).map(({ entry }) => entry.score);
  if (all.length === 0)
    return markup`<section aria-labelledby="scores"><h2 id="scores">Scores</h2>${without}<p>None yet.</p></section>`;
  const highest = maximum(all);
  const mean = all.reduce((sum, score) => sum + score, 0) / all.length;
  const figures = [
    ['mean', short(mean)],
    ['median', short(median(all))],
    ['lowest', scoreText(minimum(all))],
    ['highest', scoreText(highest) + bonusRemark({ earned: highest, points })],
  ] as const;
  return markup`<section aria-labelledby="scores"><h2 id="scores">Scores</h2>${without}<dl class="figures">${figures.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>${scoreChart(all, points)}</section>`;
}

function times(tried: readonly GradedSubmission[]): Markup | undefined {
  const byPart = new Map<string, number[]>();
  for (const { report } of tried) {
    for (const { id, seconds } of report?.parts ?? []) {
      const known = byPart.get(id);
      if (known) known.push(seconds);
      else byPart.set(id, [seconds]);
    }
  }
  const parts: PartTime[] = [...byPart].map(([part, seconds]) => ({ part, seconds }));
  if (parts.length === 0) return undefined;
  return markup`<section aria-labelledby="times"><h2 id="times">Time of each part</h2>${timeChart(parts)}</section>`;
}

function statusOf(one: GradedSubmission, isEmpty: boolean): [Status, string] {
  if (isOurs(one)) return ['errored', 'not judged'];
  if (isEmpty) return ['not-attempted', 'nothing to grade'];
  return isRefused(one) ? ['failed', 'refused'] : ['passed', 'graded'];
}

function submissions(graded: readonly GradedSubmission[], empty: readonly GradedSubmission[]): Markup {
  const rows = graded.map((one) => {
    const { submitted, entry, report } = one;
    const names = submitted.people.map(({ name }) => name).join(', ');
    const [status, word] = statusOf(one, empty.includes(one));
    const score =
      entry.state === 'failed'
        ? ''
        : scoreText(entry.score) + bonusRemark({ earned: entry.score, points: entry.points });
    return markup`<tr><td class="first">${report ? link(submitted.id) : submitted.id}</td><td class="first">${names}</td>${figure('score', entry.score, score)}<td>${statusIcon(status)}${word}</td><td>${submitted.at?.slice(0, 16).replace('T', ' ')}</td>${figure('took', entry.seconds, `${short(entry.seconds)} s`)}</tr>`;
  });
  const columns = ['submission', 'who', 'score', 'state', 'submitted', 'took'];
  return markup`<section aria-labelledby="all" data-search><h2 id="all">Submissions</h2>${finder('Find')}${table('submissions', columns, rows, 'stacked')}</section>`;
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
  const rows = rowsToUpload(graded);
  const facts = [
    counted(graded.length, 'submission'),
    counted(points, 'point'),
    ...(missing > 0 ? [`${missing} not graded yet`] : []),
    ...(leftOut.length > 0 ? [`nothing to upload, since not all have ${leftOut.join(', ')} graded`] : []),
    ...(rows.others.length > 0
      ? [`${counted(rows.others.length, 'row')} without SID and email, in grades.csv alone`]
      : []),
  ];
  const empty = graded.filter((one) => nothingTried(one, leftOut));
  // A zero for a file that is no zip, or for a wrong file, says nothing of how hard the assignment is.
  const tried = graded.filter((one) => !isRefused(one) && !empty.includes(one));
  const without = leftOutOfStatistics(graded, empty.length);
  const [spent, odd, flaky] = [times(tried), incidents(graded), flakyChecks(graded)];
  const first = {
    ours: oursFirst(graded),
    refused: refusals(graded),
    untried: untried(empty),
    unnamed: withoutName(graded),
  };
  const has = {
    ours: first.ours !== undefined,
    refused: first.refused !== undefined,
    untried: first.untried !== undefined,
    unnamed: first.unnamed !== undefined,
    incidents: odd !== undefined,
    flaky: flaky !== undefined,
    similar: similar !== undefined,
    times: spent !== undefined,
    uploads: hasUploads(leftOut, rows),
  };
  const body = markup`${STATUS_SHAPES}<header class="top"><h1>${title}: the class</h1><p class="facts">${facts.join(' · ')}</p>${contents(has)}</header><main>${Object.values(first)}${scores(tried, points, without)}${checks(checkStatistics(tried))}${odd}${flaky}${similar && similarSection(similar)}${spent}${submissions(graded, empty)}</main>`;
  return htmlPage({
    title: `${title}: the class`,
    style: themeStyle() + asset('class.css'),
    script: `'use strict';\n${asset('class.js')}`,
    body: body.html,
  });
}
