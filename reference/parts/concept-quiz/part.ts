import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { conceptQuizRubric } from './rubric.ts';

export function conceptQuizPart(): PartDefinition {
  return {
    id: 'concept-quiz',
    title: 'Quiz',
    group: 'E',
    directory: import.meta.dirname,
    files: { 'quiz.md': { source: 'quiz.md', role: 'document' } },
    handout: 'handout.md',
    hours: 1,
    cases: [],
    checks: conceptQuizRubric,
  };
}
