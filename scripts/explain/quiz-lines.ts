import { readFileSync } from 'node:fs';
import { printable } from '../../grader/format/printable.ts';
import type { LoadedCheck, LoadedPart } from '../../grader/assignment/loaded.ts';
import { findQuestion, matchAnswers } from '../../grader/checks/quiz/match-answers.ts';
import { parseQuiz, type QuizQuestion } from '../../grader/checks/quiz/parse-quiz.ts';
import { readDocument } from '../../grader/checks/quiz/read-document.ts';

const markedIn = (key: QuizQuestion, marks: readonly boolean[]): string =>
  key.answers
    .filter((_, at) => marks[at])
    .map(({ text }) => `“${printable(text, 160)}”`)
    .join(' and ') || 'nothing';

/**
 * What a student marked in the questions of a check, and what is right.
 * @param documents of the part, with the reference's copies
 */
export function quizLines(
  { check }: LoadedCheck,
  documents: LoadedPart['documents'],
  files: ReadonlyMap<string, Uint8Array>,
): string[] {
  if (check.kind !== 'quiz') return [];
  const [submitted, reference] = [files.get(check.document), documents.get(check.document)];
  if (!submitted || reference === undefined) return [];
  const document = readDocument(submitted);
  if (!document.ok) return [];
  const keys = parseQuiz(readFileSync(reference, 'utf8'));
  return check.questions.flatMap((label) => {
    const key = keys.find((question) => question.label === label);
    if (!key) return [];
    const found = findQuestion(document.questions, key);
    const answers = typeof found === 'string' ? undefined : matchAnswers(found.answers, key.answers);
    const right = key.answers.map(({ mark }) => mark === 'marked');
    const marked = answers?.map((answer) => answer?.mark === 'marked');
    const own = marked ? markedIn(key, marked) : 'what cannot be read';
    if (marked && right.every((is, at) => is === marked[at])) return [`${label} is right: ${own}`];
    return [`${label}: marked ${own}; right is ${markedIn(key, right)}`];
  });
}
