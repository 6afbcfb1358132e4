import type { CheckDefinition } from '../../../grader/assignment/define.ts';

const document = 'quiz.md';

/** Groups of questions, by the letter of their labels. */
const groups: readonly { readonly letter: string; readonly id: string; readonly about: string }[] = [
  { letter: 'S', id: 'saliency', about: 'saliency maps' },
  { letter: 'V', id: 'class-models', about: 'class visualization' },
  { letter: 'G', id: 'class-activation', about: 'Grad-CAM' },
  { letter: 'L', id: 'losses', about: 'the losses of style transfer' },
  { letter: 'T', id: 'transfer', about: 'style transfer' },
  { letter: 'I', id: 'variants', about: 'variants of saliency and attribution' },
  { letter: 'M', id: 'maximization', about: 'activation maximization' },
  { letter: 'C', id: 'errors', about: 'marks, mistakes and small changes' },
];
const questionsOf = (letter: string): string[] => ['1', '2', '3'].map((number) => letter + number);

export const conceptQuizRubric: readonly CheckDefinition[] = [
  {
    kind: 'quiz',
    id: 'form',
    title: 'every question of quiz.md can be read and is answered',
    points: 0,
    document,
    questions: groups.flatMap(({ letter }) => questionsOf(letter)),
    judges: 'form',
  },
  ...groups.map(({ letter, id, about }): CheckDefinition => ({
    kind: 'quiz',
    id,
    title: `the questions ${letter}1 to ${letter}3, on ${about}, are answered right`,
    points: 0.5,
    private: true,
    document,
    questions: questionsOf(letter),
    judges: 'answers',
  })),
];
