import { thumbnailUri, type Raster } from '../picture/index.ts';
import { escapeHtml } from './escape-html.ts';
import {
  countOutcomes,
  type CheckResult,
  type GradeReport,
  type Outcome,
  type PartResult,
} from './grade-report.ts';
import { htmlPage } from './html-page.ts';
import { openingRemarks } from './opening-remarks.ts';
import { HTML_STYLE } from './html-style.ts';

const PICTURE_SIDE = 320;
const PICTURE_CHARACTERS = 200_000;

const WORD: Record<Outcome, string> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  errored: 'not judged',
  'not-attempted': 'not attempted',
};

function figure(name: string, raster: Raster | undefined): string {
  const uri = raster && thumbnailUri({ raster, maxSide: PICTURE_SIDE, maxCharacters: PICTURE_CHARACTERS });
  if (!uri) return '';
  return `<figure><img src="${uri}" alt="${name} picture"><figcaption>${name}</figcaption></figure>`;
}

function checkItem(check: CheckResult): string {
  const { outcome, pictures } = check;
  const message = check.message.length > 0 ? `<pre>${escapeHtml(check.message.join('\n'))}</pre>` : '';
  const figures = pictures
    ? [
        figure('expected', pictures.expected),
        figure('received', pictures.received),
        figure('difference', pictures.difference),
      ].join('')
    : '';
  return [
    `<li class="${outcome}">`,
    `<span class="outcome">${WORD[outcome]}</span> ${escapeHtml(check.title)}`,
    `<span class="points">${check.earned} of ${check.points}${check.bonus ? ' bonus' : ''}</span>`,
    message,
    figures && `<div class="figures">${figures}</div>`,
    '</li>',
  ].join('');
}

function section(part: PartResult): string {
  return [
    `<section><h2>${escapeHtml(part.title)} <span class="points">${part.earned} of ${part.points}</span></h2>`,
    `<ul>${part.checks.map(checkItem).join('\n')}</ul></section>`,
  ].join('\n');
}

/** The report as one HTML page that needs no other file: a pure function of it. */
export function toHtml(report: GradeReport): string {
  const title = escapeHtml(report.assignment.title);
  const counts = Object.entries(countOutcomes(report)) as [Outcome, number][];
  const total = counts
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${WORD[outcome]}`);
  const notices = report.notices.map(
    ({ severity, text }) => `<li class="${severity}">${escapeHtml(text)}</li>`,
  );
  const body = `<h1>${title}</h1>
<p class="score">${report.score} of ${report.points} points</p>
<p>${total.join(', ')}; ${escapeHtml(report.submission.name)}, ${report.seconds.toFixed(1)} s</p>
${openingRemarks(report)
  .map((line) => `<p class="opening">${escapeHtml(line)}</p>`)
  .join('\n')}
${notices.length > 0 ? `<ul class="notices">${notices.join('\n')}</ul>` : ''}
${report.parts.map(section).join('\n')}`;
  return htmlPage({ title: report.assignment.title, style: HTML_STYLE, body });
}
