import { z } from 'zod';
import { GraderError } from '../../format/errors.ts';
import { checkBase } from '../check-base.ts';
import type { Evidence } from '../evidence.ts';
import type { CheckKind } from '../kind.ts';
import type { Verdict } from '../verdict.ts';
import { parseQuiz, type QuizQuestion } from './parse-quiz.ts';
import { readAnswer, type Reading } from './read-answers.ts';
import { readDocument } from './read-document.ts';

const schema = z.strictObject({
  kind: z.literal('quiz'),
  ...checkBase,
  /** The Markdown file in which the student marks answers. */
  document: z.string(),
  /** Labels of the questions, such as `S1`; all of them must be right. */
  questions: z.array(z.string().regex(/^[A-Z]\d{1,2}$/)).min(1),
  /**
   * `answers`: against the reference's copy of the document, which only the private half has. `form`: whether every
   * question can be read and is answered, which needs no key.
   */
  judges: z.enum(['answers', 'form']),
});
type QuizCheck = z.output<typeof schema>;

function originals(check: QuizCheck, text: string): QuizQuestion[] {
  const all = parseQuiz(text);
  return check.questions.map((label) => {
    const found = all.find((question) => question.label === label);
    if (!found) throw new GraderError(`${check.document} has no question ${label}`);
    return found;
  });
}

const isRight = (reading: Reading, key: QuizQuestion): boolean =>
  reading.state === 'answered' &&
  key.answers.every(({ mark }, i) => (mark === 'marked') === reading.marked[i]);

/** `S1`, `S1 and S2`, `S1, S2 and S3`. */
function listed(labels: readonly string[]): string {
  return labels.length < 2 ? labels.join() : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
}

function remarks(readings: readonly Reading[], labels: readonly string[]): string[] {
  const open = labels.filter((_, i) => readings[i].state === 'unanswered');
  const unanswered = `${listed(open)} ${open.length === 1 ? 'is' : 'are'} not answered`;
  const broken = readings.flatMap((reading) => (reading.state === 'unreadable' ? [reading.why] : []));
  return [...broken, ...(open.length > 0 ? [unanswered] : [])];
}

function judge(check: QuizCheck, evidence: Evidence): Verdict {
  const { submitted, handedOut, expected } = evidence.document(check.document);
  const reference = check.judges === 'form' ? handedOut : expected;
  if (reference === undefined) {
    throw new GraderError(`the fixtures hold no answers to ${check.document}; run npm run fixtures`);
  }
  if (!submitted) {
    return { outcome: 'not-attempted', message: `${check.document} is not in the submission.` };
  }
  const document = readDocument(submitted);
  if (!document.ok) {
    const summary = `${check.document} ${document.why}; mark the answers in the file you were given`;
    return { outcome: 'failed', kind: 'own-text', summary, details: [] };
  }
  const { questions } = document;
  const wanted = originals(check, reference);
  const readings = wanted.map((question) => readAnswer(questions, question));
  if (readings.every(({ state }) => state === 'unanswered')) {
    return { outcome: 'not-attempted', message: `No answer to ${listed(check.questions)} is marked yet.` };
  }
  const notes = remarks(readings, check.questions);
  if (check.judges === 'form') {
    if (notes.length === 0) return { outcome: 'passed' };
    return { outcome: 'failed', kind: 'own-text', summary: notes[0], details: notes };
  }
  // Which of them is wrong is not said: the answers could be guessed one by one.
  if (wanted.every((key, i) => isRight(readings[i], key))) return { outcome: 'passed' };
  const summary = [`the answers to ${listed(check.questions)} are not all right`, ...notes].join('; ');
  return { outcome: 'failed', kind: 'own-text', summary, details: [] };
}

/** Answers to multiple-choice questions, marked in a Markdown file. */
export const quiz: CheckKind<typeof schema> = { schema, judge, cases: () => [] };
