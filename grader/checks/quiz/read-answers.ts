import { findQuestion, matchAnswers } from './match-answers.ts';
import type { QuizQuestion } from './parse-quiz.ts';

/** What a student said to one question. */
export type Reading =
  | { readonly state: 'answered'; readonly marked: readonly boolean[] }
  | { readonly state: 'unanswered' }
  | { readonly state: 'unreadable'; readonly why: string };

const unreadable = (why: string): Reading => ({ state: 'unreadable', why });

/**
 * Reads the answer to one question of a student's quiz.
 * @param wanted the question as it was handed out, with or without the key's marks
 */
export function readAnswer(questions: readonly QuizQuestion[], wanted: QuizQuestion): Reading {
  const { label } = wanted;
  const found = findQuestion(questions, wanted);
  if (found === 'missing') return unreadable(`question ${label} is not there any more; restore its heading`);
  if (found === 'twice') return unreadable(`question ${label} is there twice; delete one of the two`);
  const odd = found.answers.find(({ mark }) => mark === 'unreadable');
  if (odd)
    return unreadable(`line ${odd.line}, question ${label}: write [x] for a marked answer, [ ] for others`);
  const answers = matchAnswers(found.answers, wanted.answers);
  if (!answers)
    return unreadable(
      `line ${found.line}: the answers of question ${label} were changed; restore their words`,
    );
  const marked = answers.map((answer) => answer?.mark === 'marked');
  const count = marked.filter(Boolean).length;
  if (count === 0) return { state: 'unanswered' };
  if (wanted.single && count > 1) {
    return unreadable(`line ${found.line}: question ${label} has one right answer, and ${count} are marked`);
  }
  return { state: 'answered', marked };
}
