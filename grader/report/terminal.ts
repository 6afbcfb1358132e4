import { stripVTControlCharacters, styleText } from 'node:util';
import {
  bonusRemark,
  countIncidents,
  countOutcomes,
  type CheckResult,
  type GradeReport,
  type Outcome,
} from './grade-report.ts';

import { openingRemarks } from './opening-remarks.ts';

const MARK: Record<Outcome, string> = {
  passed: '✓',
  failed: '✗',
  skipped: '·',
  errored: '!',
  'not-attempted': '○',
};
const COLOUR: Record<Outcome, 'green' | 'red' | 'gray' | 'magenta' | 'yellow'> = {
  passed: 'green',
  failed: 'red',
  skipped: 'gray',
  errored: 'magenta',
  'not-attempted': 'yellow',
};

interface TerminalOptions {
  readonly colour: boolean;
}

/** Styles text for a terminal, or leaves it as it is. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** A check as lines: how it ended, its points, and what there is to read of it. */
export function checkLines(check: CheckResult, paint: Paint): string[] {
  const points =
    check.points === 0 ? 'no points' : `${check.earned}/${check.points}${check.bonus ? ' bonus' : ''}`;
  const head = `  ${paint(COLOUR[check.outcome], MARK[check.outcome])} ${check.title}  ${paint('gray', points)}`;
  const quiet = check.outcome === 'passed' || check.outcome === 'not-attempted';
  return quiet ? [head] : [head, ...check.message.map((line) => `      ${line}`)];
}

/**
 * The checks with a message of several lines only where it comes first: a file that does not compile fails all checks
 * of its part for the same reason.
 */
export function withoutRepeats(checks: readonly CheckResult[]): CheckResult[] {
  const told = new Set<string>();
  return checks.map((check) => {
    const text = check.message.join('\n');
    if (check.message.length > 1 && told.has(text)) return { ...check, message: ['the same as above'] };
    told.add(text);
    return check;
  });
}

/** The report as text for a terminal: a pure function of it. */
export function toTerminal(report: GradeReport, options: TerminalOptions): string {
  const paint: Paint = options.colour ? (style, text) => styleText(style, text) : (_, text) => text;
  const lines = [paint('bold', report.assignment.title), ''];
  const opening = openingRemarks(report);
  if (opening.length > 0) lines.push(...opening, '');
  for (const part of report.state === 'refused' ? [] : report.parts) {
    lines.push(`${paint('bold', part.title)}  ${part.earned}/${part.points}${bonusRemark(part)}`);
    for (const check of withoutRepeats(part.checks)) lines.push(...checkLines(check, paint));
    lines.push('');
  }
  for (const notice of report.notices) {
    const text = notice.text.replaceAll('\n', '\n  ');
    lines.push(notice.severity === 'warning' ? `${paint('yellow', 'Warning:')} ${text}` : text);
  }
  if (report.notices.length > 0) lines.push('');
  const counts = countOutcomes(report);
  const total = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome.replace('-', ' ')}`)
    .join(', ');
  lines.push(
    `${paint('bold', `Score ${report.score} of ${report.points}${bonusRemark({ earned: report.score, points: report.points })}`)}  (${total}; ${report.seconds.toFixed(1)} s)`,
  );
  const incidents = countIncidents(report);
  if (incidents > 0) {
    lines.push(`${incidents} ${incidents === 1 ? 'incident' : 'incidents'}, see report.json`);
  }
  const text = lines.join('\n');
  return options.colour ? text : stripVTControlCharacters(text);
}
