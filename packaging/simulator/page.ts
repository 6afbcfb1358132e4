import { escapeHtml } from '../../grader/report/escape-html.ts';
import { htmlPage } from '../../grader/report/html-page.ts';
import type { GradescopeResults, GradescopeTest } from '../../grader/gradescope/results-schema.ts';
import { isPassed, maxScoreOf, scoreOf, studentView, type GradescopeRecord, type Moment } from './harness.ts';
import { STYLE } from './page-style.ts';
import { renderFormat } from './render-format.ts';
import { measuredFacts, type RunFacts } from './run-facts.ts';

function testCard(test: GradescopeTest, results: GradescopeResults, staff: boolean): string {
  const passed = isPassed(test);
  const state = passed === undefined ? 'info' : passed ? 'passed' : 'failed';
  const name = renderName(test, results);
  const points = test.score === undefined ? '' : ` (${test.score}/${test.max_score ?? 0})`;
  const hidden = test.visibility && test.visibility !== 'visible';
  const badge = staff && hidden ? `<span class="badge">${test.visibility}</span>` : '';
  const output = test.output
    ? `<div class="output">${renderFormat(test.output, test.output_format ?? results.test_output_format ?? 'text')}</div>`
    : '';
  const extra =
    staff && test.extra_data ? `<div class="extra">${escapeHtml(JSON.stringify(test.extra_data))}</div>` : '';
  const number = test.number ? `${escapeHtml(test.number)}) ` : '';
  return `<article class="test ${state}"><h3>${number}${name}${points}${badge}</h3>${output}${extra}</article>`;
}

function renderName(test: GradescopeTest, results: GradescopeResults): string {
  const format = test.name_format ?? results.test_name_format ?? 'text';
  const html = renderFormat(test.name ?? 'Test', format);
  return html.replaceAll(/<\/?(?:p|pre)>/g, '');
}

function leaderboard(rows: GradescopeResults['leaderboard']): string {
  if (!rows?.length) return '';
  const cells = rows.map(
    ({ name, value, order }) =>
      `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(String(value))}</td><td>${order === 'asc' ? 'lower is better' : 'higher is better'}</td></tr>`,
  );
  return `<h2>Leaderboard</h2><table>${cells.join('')}</table>`;
}

function page(title: string, side: string, main: string): string {
  return htmlPage({ title, style: STYLE, body: `<main>${main}</main>\n<aside>${side}</aside>` });
}

function testList(tests: readonly GradescopeTest[], passed: boolean): string {
  const lines = tests
    .filter((test) => isPassed(test) === passed)
    .map((test) => {
      const points = test.score === undefined ? '' : ` (${test.score}/${test.max_score ?? 0})`;
      return `<li class="${passed ? 'passed' : 'failed'}">${escapeHtml(`${test.number ?? ''} ${test.name ?? ''}`)}${points}</li>`;
    });
  return lines.length > 0 ? `<h2>${passed ? 'Passed' : 'Failed'} tests</h2><ul>${lines.join('')}</ul>` : '';
}

/** The page that a student would see. */
export function studentPage(record: GradescopeRecord, moment: Moment): string {
  const view = studentView(record, moment);
  const { results } = record;
  const total =
    view.score === undefined
      ? '<p class="total">Total points: not shown</p>'
      : `<p class="total">${view.score} / ${maxScoreOf(results)} points</p>`;
  const output = view.output?.output
    ? `<section class="summary">${renderFormat(view.output.output, view.output.output_format)}</section>`
    : '';
  const cards = view.tests.map((test) => testCard(test, results, false)).join('\n');
  const side = `<h1>Student view</h1>${total}${testList(view.tests, false)}${testList(view.tests, true)}`;
  return page(
    'Student view',
    side,
    `<h1>Autograder results</h1>${output}${cards}${leaderboard(view.leaderboard)}`,
  );
}

/** The page that the staff would see, with what the simulator measured. */
export function staffPage(record: GradescopeRecord, facts: RunFacts): string {
  const { results, warnings, autograderError } = record;
  const tests = results.tests ?? [];
  const measured: [string, string][] = [
    ['submission', facts.submission],
    ...measuredFacts(facts),
    ['autograder error', autograderError ? 'yes' : 'no'],
  ];
  const table = measured
    .map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('');
  const notes = warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join('');
  const main = [
    '<h1>Autograder results</h1>',
    notes ? `<section class="warnings"><h2>What Gradescope did</h2><ul>${notes}</ul></section>` : '',
    results.output
      ? `<section class="summary">${renderFormat(results.output, results.output_format)}</section>`
      : '',
    ...tests.map((test) => testCard(test, results, true)),
    leaderboard(results.leaderboard),
    `<h2>Extra data</h2><pre>${escapeHtml(JSON.stringify(results.extra_data ?? {}, undefined, 2))}</pre>`,
    `<h2>Standard output</h2><pre>${escapeHtml(facts.stdout.slice(-20_000))}</pre>`,
  ].join('\n');
  const side = `<h1>Staff view</h1><p class="total">${scoreOf(results)} / ${maxScoreOf(results)} points</p><table>${table}</table>${testList(tests, false)}${testList(tests, true)}`;
  return page('Staff view', side, main);
}
