import { stripVTControlCharacters } from 'node:util';
import { isPassed, maxScoreOf, scoreOf, studentView, type GradescopeRecord, type Moment } from './harness.ts';
import type { GradescopeTest } from '../../grader/gradescope/results-schema.ts';
import { describeMeasured, type RunFacts } from './run-facts.ts';

const LONGEST_LINE = 400;

/** A text without pictures and control characters. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/data:image\/png;base64,[\w+/=]+/g, '(picture)')
    .split('\n')
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
    .join('\n');
}

function testLines(test: GradescopeTest): string[] {
  const passed = isPassed(test);
  const mark = passed === undefined ? '·' : passed ? '✓' : '✗';
  const hidden = test.visibility && test.visibility !== 'visible' ? ` [${test.visibility}]` : '';
  const head = `  ${mark} ${test.number ?? ''} ${test.name ?? ''} (${test.score ?? '-'}/${test.max_score ?? '-'})${hidden}`;
  const output = passed || !test.output ? [] : plain(test.output).split('\n');
  return [head, ...output.map((line) => `      ${line}`)];
}

/** Both views as text: what a student reads, then what only the staff get to know. */
export function terminalViews(record: GradescopeRecord, facts: RunFacts, moment: Moment): string {
  const view = studentView(record, moment);
  const { results } = record;
  const all = results.tests ?? [];
  const total = view.score === undefined ? 'not shown' : `${view.score} of ${maxScoreOf(results)}`;
  const hidden = all.filter((test) => !view.tests.includes(test));
  return [
    `── Students see ${'─'.repeat(60)}`,
    plain(view.output?.output ?? ''),
    '',
    ...view.tests.flatMap(testLines),
    ...view.leaderboard.map(({ name, value }) => `  ★ ${name}: ${value}`),
    `  Total: ${total}`,
    '',
    `── Staff also see ${'─'.repeat(58)}`,
    `  Score ${scoreOf(results)} of ${maxScoreOf(results)}${record.autograderError ? ', autograder error' : ''}`,
    ...hidden.flatMap(testLines),
    ...record.warnings.map((warning) => `  ! ${warning}`),
    `  ${describeMeasured(facts)}`,
    `  extra_data ${JSON.stringify(results.extra_data ?? {})}`,
  ].join('\n');
}
