import { quizLines } from './quiz-lines.ts';

export interface QuizAnswer {
  readonly text: string;
  /** {@link wordsOf} its text. */
  readonly words: string;
  /** `unreadable`: what stands in the brackets is neither nothing nor a cross. */
  readonly mark: 'marked' | 'unmarked' | 'unreadable';
  readonly line: number;
}

export interface QuizQuestion {
  /** `S1`; unique where nothing is mangled. */
  readonly label: string;
  readonly title: string;
  /** {@link wordsOf} its title. */
  readonly words: string;
  readonly line: number;
  /** The answers are numbered, which means that exactly one of them is right. */
  readonly single: boolean;
  readonly answers: readonly QuizAnswer[];
}

const CROSSES = /^(?:[xX\u0445\u0425\u00d7\u2717\u2718\u2713\u2714\u2611\u2612*+vVyY]|yes)$/;

function markOf(content: string): QuizAnswer['mark'] {
  if (content === '' || content === '_') return 'unmarked';
  return CROSSES.test(content) ? 'marked' : 'unreadable';
}

/** Words alone: what editors do to dashes, quotes, emphasis, capitals and spaces does not count. */
export function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

type OpenAnswer = Omit<QuizAnswer, 'text' | 'words'> & { readonly texts: string[] };
type OpenQuestion = Pick<QuizQuestion, 'label' | 'title' | 'line'> & {
  readonly answers: OpenAnswer[];
  numbered: number;
};

/**
 * The questions of a quiz in quizdown's Markdown (bonartm/quizdown-js): a heading with the question, then a list of
 * answers, `1. [ ]` where one of them is right and `- [ ]` where several may be. Never throws: what cannot be read
 * is left out.
 */
export function parseQuiz(text: string): QuizQuestion[] {
  const questions: OpenQuestion[] = [];
  for (const found of quizLines(text)) {
    const current = questions.at(-1);
    if (found.kind === 'question') {
      const { label, title, line } = found;
      questions.push({ label, title, line, answers: [], numbered: 0 });
    } else if (found.kind === 'answer' && current) {
      const { text: words, mark, numbered, line } = found;
      current.answers.push({ texts: [words], mark: markOf(mark), line });
      if (numbered) current.numbered++;
    } else if (found.kind === 'other' && found.text !== '') {
      // A long answer that an editor has broken into several lines, or more words of the question.
      current?.answers.at(-1)?.texts.push(found.text);
    }
  }
  return questions.map(({ label, title, line, answers, numbered }) => ({
    label,
    title,
    words: wordsOf(title),
    line,
    single: numbered > 0,
    answers: answers.map(({ texts, mark, line: at }) => {
      const whole = texts.join(' ');
      return { text: whole, words: wordsOf(whole), mark, line: at };
    }),
  }));
}
