import type { QuizAnswer, QuizQuestion } from './parse-quiz.ts';

/** The question that is meant: the one with the label, or else with the same words. `twice`: the label stands there again. */
export function findQuestion(
  questions: readonly QuizQuestion[],
  wanted: QuizQuestion,
): QuizQuestion | 'missing' | 'twice' {
  const labelled = questions.filter(({ label }) => label === wanted.label);
  if (labelled.length > 1) return 'twice';
  const { words } = wanted;
  return (
    labelled[0] ?? (words === '' ? undefined : questions.find((one) => one.words === words)) ?? 'missing'
  );
}

/**
 * The student's answers in the order of the original ones: by their words, in any order and with a comment added at
 * the end; those whose words were changed by their place, if their number is still the same. An original answer that
 * is gone counts as not marked.
 *
 * @returns undefined when it cannot be told which answer is which
 */
export function matchAnswers(
  given: readonly QuizAnswer[],
  original: readonly QuizAnswer[],
): (QuizAnswer | undefined)[] | undefined {
  const left = new Set(given);
  const matched = new Map<QuizAnswer, QuizAnswer>();
  const take = (wanted: QuizAnswer, candidate: QuizAnswer | undefined): void => {
    if (!candidate) return;
    matched.set(wanted, candidate);
    left.delete(candidate);
  };
  for (const wanted of original) {
    take(
      wanted,
      [...left].find(({ words }) => words === wanted.words),
    );
  }
  const open = (): QuizAnswer[] => original.filter((wanted) => !matched.has(wanted));
  // Longer ones first, so that an answer is not taken for one that another begins with.
  for (const wanted of open().toSorted((a, b) => b.text.length - a.text.length)) {
    take(
      wanted,
      [...left].find(({ words }) => words.startsWith(`${wanted.words} `)),
    );
  }
  if (given.length === original.length) {
    original.forEach((wanted, i) => {
      if (!matched.has(wanted) && left.has(given[i])) take(wanted, given[i]);
    });
  }
  if ([...left].some(({ mark }) => mark !== 'unmarked')) return undefined;
  return original.map((wanted) => matched.get(wanted));
}
