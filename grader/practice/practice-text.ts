import { stripVTControlCharacters, styleText } from 'node:util';
import type { Assignment } from '../assignment/loaded.ts';
import { countOutcomes, type GradeReport, type PartResult } from '../report/grade-report.ts';
import { checkLines, withoutRepeats, type Paint } from '../report/terminal.ts';
import { nextStep, ownChecks } from './next-step.ts';
import { pointsOf, publicPoints, type PrivateChecks } from './private-checks.ts';

export interface PracticeTextOptions {
  readonly colour: boolean;
  readonly assignment: Assignment;
  readonly privateChecks: PrivateChecks;
  /** Name each private check; else say how many there are. */
  readonly detailed: boolean;
  /** Each save is checked by itself. Default: false. */
  readonly watching?: boolean;
}

/** Said once in every report of a practice run. */
export const PRACTICE =
  'Practice: the public checks as Gradescope runs them, on this computer, without its sandbox.';

function aboutPrivate(part: PartResult, { privateChecks, detailed }: PracticeTextOptions): string[] {
  const hidden = privateChecks[part.id] ?? [];
  if (hidden.length === 0) return [];
  const many = hidden.length === 1 ? '1 private check' : `${hidden.length} private checks`;
  const head = `  + ${many} on Gradescope, on inputs that are not shown  ${pointsOf(hidden)} points`;
  if (!detailed) return [head];
  return [`${head}:`, ...hidden.map(({ title, points }) => `      ${title}  ${points}`)];
}

/** Whether nothing that the part asks for was begun, whatever of other parts it looks at. */
function isUntouched(part: PartResult): boolean {
  const outcomes = ownChecks(part).map(({ outcome }) => outcome);
  return (
    outcomes.includes('not-attempted') &&
    outcomes.every((outcome) => outcome === 'not-attempted' || outcome === 'skipped')
  );
}

/** The sum of what can be earned in the open, and what is said of the rest. */
export function scoreLine(
  { score, points, parts }: Pick<GradeReport, 'score' | 'points' | 'parts'>,
  privateChecks: PrivateChecks,
): { readonly score: string; readonly rest: string } {
  const hidden = pointsOf(parts.flatMap(({ id }) => privateChecks[id] ?? []));
  if (points === 0 && hidden > 0) return { score: `No public points, ${hidden} private`, rest: '' };
  return { score: `Public points ${score} of ${points}`, rest: `; ${hidden} more are private` };
}

/** A practice report for a terminal, but for the type errors: a pure function of it. */
export function practiceText(report: GradeReport, options: PracticeTextOptions): string {
  const paint: Paint = options.colour ? (style, text) => styleText(style, text) : (_, text) => text;
  const lines = [paint('gray', PRACTICE), ''];
  if (report.refusal !== undefined) return [...lines, report.refusal].join('\n');
  const { privateChecks } = options;
  for (const part of report.parts) {
    const points = publicPoints(part, privateChecks[part.id]);
    lines.push(`${paint('bold', part.title)}  ${points}`);
    // Of thirteen parts that wait, a line each says enough.
    if (!options.detailed && isUntouched(part)) {
      lines.push(`  ○ not attempted yet: ${part.checks.length} checks`, '');
      continue;
    }
    for (const check of withoutRepeats(part.checks)) lines.push(...checkLines(check, paint));
    lines.push(...aboutPrivate(part, options).map((line) => paint('gray', line)), '');
  }
  const warnings = report.notices.filter(({ severity }) => severity === 'warning');
  lines.push(...warnings.map(({ text }) => `${paint('yellow', 'Warning:')} ${text}`));
  if (warnings.length > 0) lines.push('');
  const counts = Object.entries(countOutcomes(report))
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome.replace('-', ' ')}`);
  const facts = `(${counts.join(', ')}; ${report.seconds.toFixed(1)} s)`;
  const { score, rest } = scoreLine(report, privateChecks);
  lines.push(`${paint('bold', score)}  ${facts}${rest}`);
  lines.push(
    `${paint('bold', 'Next:')} ${nextStep(report, options.assignment, { watching: options.watching ?? false })}`,
  );
  const text = lines.join('\n');
  return options.colour ? text : stripVTControlCharacters(text);
}
