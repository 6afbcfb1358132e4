import {
  addPoints,
  type CheckResult,
  type GradeReport,
  type Notice,
  type PartResult,
} from '../report/grade-report.ts';
import { openingRemarks } from '../report/opening-remarks.ts';
import { clip } from './clip.ts';
import { escapeMarkdown } from './markdown.ts';
import type { Adjustment } from './policy/adjustment.ts';
import type { Settled } from './policy/settle-score.ts';
import type { GradescopeResults } from './results-schema.ts';

export interface SummaryInput {
  readonly report: GradeReport;
  readonly settled: Settled;
  /** Whether a student sees a check's result as soon as it is there. */
  readonly isVisible: (check: CheckResult, part: PartResult) => boolean;
}

/** The words at the top of the results: how it went, part by part, and what else there is to know. */
export function renderSummary(
  input: SummaryInput,
): Required<Pick<GradescopeResults, 'output' | 'output_format'>> {
  const { report, settled } = input;
  const paragraphs = [
    `**${headline(input)}**`,
    ...openingRemarks(report).map(escapeMarkdown),
    // A code block keeps its columns where tables or Markdown are not understood.
    ...(report.state === 'refused' ? [] : [['```', ...partTable(input), '```'].join('\n')]),
    ...bullets(settled.adjustments.map((one) => adjustmentLine(one, showsAll(input)))),
    ...bullets(report.notices.map(noticeLine)),
  ];
  return { output: clip(paragraphs.join('\n\n')), output_format: 'md' };
}

function showsAll({ report, isVisible }: SummaryInput): boolean {
  return report.parts.every((part) => part.checks.every((check) => isVisible(check, part)));
}

function headline(input: SummaryInput): string {
  const { report, settled } = input;
  const title = escapeMarkdown(report.assignment.title);
  if (!showsAll(input)) return `${title}: some checks are left out here, and the total with them`;
  return `${title}: ${settled.score} of ${report.points} points`;
}

/** One line a part, in columns; of checks that are hidden at first or for good nothing is counted. */
function partTable({ report, isVisible }: SummaryInput): string[] {
  const rows = [['', 'points', 'checks passed']];
  let leftOut = 0;
  report.parts.forEach((part, i) => {
    const checks = part.checks.filter((check) => isVisible(check, part));
    leftOut += part.checks.length - checks.length;
    if (checks.length === 0) return;
    const all = checks.length === part.checks.length;
    const earned = all ? part.earned : addPoints(checks.map((check) => check.earned));
    const possible = addPoints(checks.map((check) => (check.bonus ? 0 : check.points)));
    const passed = checks.filter((check) => check.outcome === 'passed').length;
    rows.push([`${i + 1} ${part.title}`, `${earned} of ${possible}`, `${passed} of ${checks.length}`]);
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  if (leftOut === 0) return lines;
  return [
    ...lines,
    leftOut === 1 ? 'and 1 check that is left out here' : `and ${leftOut} checks that are left out here`,
  ];
}

function bullets(lines: readonly string[]): string[] {
  return lines.length > 0 ? [lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')] : [];
}

function adjustmentLine({ points, why, whyWithoutScore }: Adjustment, showsScore: boolean): string {
  if (!showsScore) return whyWithoutScore ?? why;
  return points < 0 ? `−${-points} points: ${why}` : `${points} points more: ${why}`;
}

function noticeLine(notice: Notice): string {
  return `${notice.severity === 'warning' ? 'Warning: ' : ''}${notice.text}`;
}
