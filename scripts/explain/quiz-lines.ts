import { readFileSync } from 'node:fs';
import { printable } from '../../grader/format/printable.ts';
import type { LoadedCheck, LoadedPart } from '../../grader/assignment/loaded.ts';
import { findQuestion, matchAnswers } from '../../grader/checks/quiz/match-answers.ts';
import { parseQuiz, type QuizQuestion } from '../../grader/checks/quiz/parse-quiz.ts';
import { readDocument } from '../../grader/checks/quiz/read-document.ts';

/** A question as the reference has it, and what a submission marked in it. */
interface Answered {
  readonly key: QuizQuestion;
  /** For each answer of the key; undefined where that cannot be read. */
  readonly marks: readonly boolean[] | undefined;
}

/**
 * What was answered to the questions of a check; nothing where it is no quiz or no document is there.
 * @param documents of the part, with the reference's copies
 */
function answeredIn(
  { check }: LoadedCheck,
  documents: LoadedPart['documents'],
  files: ReadonlyMap<string, Uint8Array>,
): Answered[] {
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
    return [{ key, marks: answers?.map((answer) => answer?.mark === 'marked') }];
  });
}

const markedIn = (key: QuizQuestion, marks: readonly boolean[]): string =>
  key.answers
    .filter((_, at) => marks[at])
    .map(({ text }) => `“${printable(text, 160)}”`)
    .join(' and ') || 'nothing';

function line({ key, marks }: Answered, reveal: boolean): string {
  const own = marks ? markedIn(key, marks) : 'what cannot be read';
  if (!reveal) return `${key.label}: marked ${own}`;
  const right = key.answers.map(({ mark }) => mark === 'marked');
  if (marks && right.every((is, at) => is === marks[at])) return `${key.label} is right: ${own}`;
  return `${key.label}: marked ${own}; right is ${markedIn(key, right)}`;
}

/**
 * What a student marked in the questions of a check.
 * @param reveal also what is right
 */
export const quizLines = (
  check: LoadedCheck,
  documents: LoadedPart['documents'],
  files: ReadonlyMap<string, Uint8Array>,
  reveal: boolean,
): string[] => answeredIn(check, documents, files).map((one) => line(one, reveal));

/** What was marked in the questions of a check, as a text to compare; empty where it is no quiz. */
export const marksText = (
  check: LoadedCheck,
  documents: LoadedPart['documents'],
  files: ReadonlyMap<string, Uint8Array>,
): string =>
  answeredIn(check, documents, files)
    .map(({ key, marks }) => `${key.label} ${marks?.map(Number).join('') ?? '?'}`)
    .join(', ');
