import type { Networks } from '../../authoring/judging/expectation.ts';
import type { Assignment, LoadedPart } from '../../grader/assignment/loaded.ts';
import type { CheckResult, GradeReport, PartResult } from '../../grader/report/grade-report.ts';
import type { Block, Explanation } from '../../grader/report/page/explanation.ts';
import { checkText, partText } from './as-text.ts';
import type { Asked } from './asked.ts';
import { explainCheck, foundBlocks } from './explain-check.ts';
import { incidentLines } from './incident-lines.ts';
import { ownFunctions } from './own-functions.ts';
import { costsOf, mistakeLines, outcomeLines } from './part-lines.ts';
import { quizLines } from './quiz-lines.ts';
import type { MistakeGrading } from './tell-apart.ts';

/** What is known of a submission, and how it is to be explained. */
export interface Subject {
  readonly assignment: Assignment;
  readonly report: GradeReport;
  /** What was submitted, by path; nothing where only results are there. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly asked: Asked;
  readonly grading: MistakeGrading | 'later' | 'never';
  readonly networks: Networks;
  /** Also what students must not see. */
  readonly reveal: boolean;
}

const blockOf = (heading: string, lines: readonly string[]): Block[] =>
  lines.length === 0 ? [] : [{ heading, lines }];

/** What stands above the checks of a part. */
async function partBlocks(part: PartResult, loaded: LoadedPart, subject: Subject): Promise<Block[]> {
  const { asked, grading, networks, reveal, report, files } = subject;
  const tried = part.checks.filter((one) => asked.isWanted(one) && one.outcome !== 'not-attempted');
  const checks = loaded.checks.filter(({ check }) => tried.some(({ id }) => id === check.id));
  return [
    ...blockOf(`how its checks ended (${costsOf(part)})`, outcomeLines(part)),
    ...blockOf('known mistakes', await mistakeLines(part, { loaded, files, grading, networks, reveal })),
    ...blockOf('incidents', incidentLines(report, part.id, reveal)),
    ...ownFunctions({ checks, part: loaded, files }),
  ];
}

/** What is said of a check beside what it found; of one that nobody tried or asked about there is nothing to say. */
function checkBlocks(result: CheckResult, loaded: LoadedPart, subject: Subject): Block[] {
  const { asked, files, reveal } = subject;
  const check = loaded.checks.find((one) => one.check.id === result.id);
  if (!check || (result.outcome === 'not-attempted' && !asked.isByName)) return [];
  const answers = quizLines(check, loaded.documents, files, reveal);
  return explainCheck({ loaded: check, cases: loaded.cases, result, answers, reveal });
}

/** Explains what was asked: as lines of text, and as what the page of the report says beside the usual. */
export async function explainReport(
  subject: Subject,
): Promise<{ readonly text: readonly string[]; readonly explanation: Explanation }> {
  const { assignment, report, asked, reveal } = subject;
  const text: string[] = [];
  const parts = new Map<string, readonly Block[]>();
  const checks = new Map<string, readonly Block[]>();
  for (const part of report.parts) {
    const loaded = assignment.parts.find(({ id }) => id === part.id);
    const results = part.checks.filter(asked.isWanted);
    if (!loaded || results.length === 0) continue;
    const above = await partBlocks(part, loaded, subject);
    parts.set(part.id, above);
    text.push(...partText(part, above));
    for (const result of results) {
      const more = checkBlocks(result, loaded, subject);
      checks.set(`${part.id}/${result.id}`, more);
      // How its part's checks ended names it already.
      if (result.outcome === 'not-attempted' && !asked.isByName) continue;
      text.push('', ...checkText(result, [...foundBlocks(result, reveal), ...more]));
    }
    text.push('');
  }
  return { text, explanation: { parts, checks, isByName: asked.isByName } };
}
