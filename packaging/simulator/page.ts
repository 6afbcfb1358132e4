import { escapeHtml } from '../../grader/report/escape-html.ts';
import { checkCard } from '../../grader/report/page/check-card.ts';
import { resultsPage, type Counts, type Page, type Section } from '../../grader/report/page/layout.ts';
import { markup, Markup } from '../../grader/report/page/markup.ts';
import type { Status } from '../../grader/report/page/status.ts';
import { addPoints } from '../../grader/report/grade-report.ts';
import type { GradescopeResults, GradescopeTest } from '../../grader/gradescope/results-schema.ts';
import { isPassed, maxScoreOf, scoreOf, studentView, type GradescopeRecord, type Moment } from './harness.ts';
import { renderFormat } from './render-format.ts';
import { measuredFacts, type RunFacts } from './run-facts.ts';

function statusOf(test: GradescopeTest): Status {
  const passed = isPassed(test);
  return passed === undefined ? 'info' : passed ? 'passed' : 'failed';
}

/** The group that a test belongs to, `3` of `3.1`, and what names of the group begin with: `Grad-CAM: `. */
const groupOf = ({ number = '' }: GradescopeTest): string => number.split('.')[0];
const partOf = ({ name = '' }: GradescopeTest): string => /^[^:]{1,100}: /.exec(name)?.[0] ?? '';

function nameOf(test: GradescopeTest, prefix: string, results: GradescopeResults): Markup {
  const format = test.name_format ?? results.test_name_format ?? 'text';
  const name = (test.name ?? 'Test').slice(prefix.length);
  const html = renderFormat(name, format).replaceAll(/<\/?(?:p|pre|h\d)>/g, '');
  const number = test.number ? `${escapeHtml(test.number)} ` : '';
  return new Markup(`${number}${html}`);
}

const pointsOf = ({ score, max_score }: GradescopeTest): string =>
  score === undefined ? '' : `${score} of ${max_score ?? 0}`;

interface Shown {
  readonly results: GradescopeResults;
  /** Also what only the staff get to know. */
  readonly staff: boolean;
}

function card(test: GradescopeTest, id: string, prefix: string, { results, staff }: Shown): Markup {
  const hidden = test.visibility && test.visibility !== 'visible';
  const format = test.output_format ?? results.test_output_format ?? 'text';
  const output = test.output
    ? new Markup(`<div class="output">${renderFormat(test.output, format)}</div>`)
    : '';
  const extra =
    staff && test.extra_data ? markup`<pre class="message">${JSON.stringify(test.extra_data)}</pre>` : '';
  const status = statusOf(test);
  return checkCard({
    id,
    status,
    title: nameOf(test, prefix, results),
    tags: staff && hidden ? [String(test.visibility)] : [],
    points: pointsOf(test),
    body: output || extra ? markup`${output}${extra}` : undefined,
    open: status === 'failed',
  });
}

function countsOf(tests: readonly GradescopeTest[]): Counts {
  const counts: Partial<Record<Status, number>> = {};
  for (const status of tests.map(statusOf)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The tests in Gradescope's order, those whose numbers begin alike together. */
function sections(tests: readonly GradescopeTest[], shown: Shown): Section[] {
  const groups = new Map<string, GradescopeTest[]>();
  for (const test of tests) groups.set(groupOf(test), [...(groups.get(groupOf(test)) ?? []), test]);
  return [...groups.values()].map((group, g) => {
    const named = partOf(group[0]);
    const prefix = group.every((test) => partOf(test) === named) ? named : '';
    const total = addPoints(group.map(({ score = 0 }) => score));
    return {
      id: `group-${g}`,
      title: prefix.slice(0, -2) || 'Tests',
      points: `${total} of ${addPoints(group.map(({ max_score = 0 }) => max_score))}`,
      counts: countsOf(group),
      checks: group.map((test, i) => ({
        status: statusOf(test),
        card: card(test, `test-${g}-${i}`, prefix, shown),
      })),
    };
  });
}

function leaderboard(rows: GradescopeResults['leaderboard']): Markup {
  if (!rows?.length) return markup``;
  const cells = rows.map(
    ({ name, value, order }) =>
      markup`<tr><th scope="row">${name}</th><td>${String(value)}</td><td>${order === 'asc' ? 'lower is better' : 'higher is better'}</td></tr>`,
  );
  return markup`<section><h2>Leaderboard</h2><table>${cells}</table></section>`;
}

const summary = (output: string | undefined, format: GradescopeResults['output_format']): Markup =>
  output ? new Markup(`<div class="opening output">${renderFormat(output, format)}</div>`) : markup``;

/** What both views have in common. */
function view(
  title: string,
  tests: readonly GradescopeTest[],
  shown: Shown,
): Pick<Page, 'title' | 'counts' | 'sections'> {
  return { title, counts: countsOf(tests), sections: sections(tests, shown) };
}

/** The page that a student would see. */
export function studentPage(record: GradescopeRecord, moment: Moment): string {
  const { score, tests, output, leaderboard: rows } = studentView(record, moment);
  const { results } = record;
  return resultsPage({
    ...view('Student view', tests, { results, staff: false }),
    score:
      score === undefined ? ['–', 'points not shown'] : [String(score), `of ${maxScoreOf(results)} points`],
    facts: ['Gradescope, simulated'],
    opening: summary(output?.output, output?.output_format),
    closing: leaderboard(rows),
  });
}

/** The page that the staff would see, with what the simulator measured. */
export function staffPage(record: GradescopeRecord, facts: RunFacts): string {
  const { results, warnings, autograderError } = record;
  const notes = warnings.map((warning) => markup`<li class="warning"><span>${warning}</span></li>`);
  const measured = measuredFacts(facts).map(([name, value]) => `${name} ${value}`);
  return resultsPage({
    ...view('Staff view', results.tests ?? [], { results, staff: true }),
    score: [String(scoreOf(results)), `of ${maxScoreOf(results)} points`],
    facts: [facts.submission, ...measured, `autograder error: ${autograderError ? 'yes' : 'no'}`],
    opening: markup`${notes.length > 0 ? markup`<ul class="notices" aria-label="What Gradescope did">${notes}</ul>` : ''}${summary(results.output, results.output_format)}`,
    closing: markup`${leaderboard(results.leaderboard)}<section><h2>Extra data</h2><pre class="message">${JSON.stringify(results.extra_data ?? {}, undefined, 2)}</pre></section><section><h2>Standard output</h2><pre class="message">${facts.stdout.slice(-20_000)}</pre></section>`,
  });
}
