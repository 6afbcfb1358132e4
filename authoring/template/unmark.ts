import { quizLines } from '../../grader/checks/quiz/quiz-lines.ts';
import { findingAbout, type Finding } from './findings.ts';

/**
 * The copy of a page of questions that students get: no answer is marked, and the remarks below the answers are gone.
 * Everything else stays as it is, byte by byte.
 */
export function unmark(text: string): string {
  let afterAnswer = false;
  const kept = quizLines(text).flatMap((found) => {
    const raw = text.split('\n')[found.line - 1];
    if (found.kind === 'question') afterAnswer = false;
    if (found.kind === 'remark' && afterAnswer) return [];
    if (found.kind !== 'answer') return [raw];
    afterAnswer = true;
    return [raw.replace(/\[[^\]]*\]/, '[ ]')];
  });
  return kept.join('\n');
}

/** What in a page of questions would not come off, or would be left hanging: remarks that go on without their `>`. */
export function unmarkFindings(source: string, text: string): Finding[] {
  const lines = quizLines(text);
  return lines.flatMap((found, i) => {
    const before = lines[i - 1];
    if (found.kind !== 'other' || found.text.trim() === '' || before?.kind !== 'remark') return [];
    const problem = 'a remark goes on without its >, so that its end would stay in the template';
    return [{ ...findingAbout(source, { problem, remedy: 'begin the line with >' }), line: found.line }];
  });
}
