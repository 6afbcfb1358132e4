import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namesOf, partsCalled } from '../../grader/assignment/part-names.ts';
import { assignment } from '../../reference/assignment.ts';

const parts = [
  { id: 'maps', files: ['visualizers/saliency-map.ts'] },
  { id: 'questions', files: ['quiz.md'] },
  { id: 'quiz-of-last-year', files: ['old/questions.md'] },
  { id: 'twins', files: ['a/twin.ts', 'b/other.ts'] },
  { id: 'more-twins', files: ['c/twin.ts'] },
];

describe('parts', () => {
  it.each([
    ['its id', 'maps', 'maps'],
    ['the name of the file that is submitted', 'quiz', 'questions'],
    ['that name with its extension', 'quiz.md', 'questions'],
    ['a path', './visualizers/saliency-map.ts', 'maps'],
    ['a path of Windows', String.raw`visualizers\saliency-map.ts`, 'maps'],
    ['another case, and underscores', 'Saliency_Map', 'maps'],
    ['its id, though a file of another part has that name', 'questions', 'questions'],
    ['one of several files', 'other', 'twins'],
  ])('are called by %s', (_, name, id) => {
    expect(partsCalled([name], parts)).toEqual([id]);
  });

  it('are not called by a name that two have', () => {
    expect(namesOf(parts[3], parts)).toEqual(['twins', 'other']);
    expect(() => partsCalled(['twin'], parts)).toThrow('there is no part twin (did you mean twins?)');
  });

  it('come once each, in their own order', () => {
    expect(partsCalled(['quiz', 'maps', 'questions'], parts)).toEqual(['maps', 'questions']);
  });

  it('that are not there are answered with the one that was meant, and with the ids of all', () => {
    expect(() => partsCalled(['saliency-mop'], parts)).toThrow(
      /^there is no part saliency-mop \(did you mean saliency-map\?\); the parts are maps, questions, quiz-of-last-year, twins, more-twins$/,
    );
    expect(() => partsCalled(['zzzz'], parts)).toThrow(/^there is no part zzzz; the parts are/);
  });
});

it('each part of the assignment is called by the name of its file', () => {
  const named = assignment.parts.map(({ id, files }) => ({
    id,
    files: Object.keys(files).filter((path) => files[path].role !== 'given'),
  }));
  for (const part of named) {
    for (const file of part.files) expect(partsCalled([join('.', file)], named)).toEqual([part.id]);
  }
  expect(partsCalled(['quiz'], named)).toEqual(['concept-quiz']);
});
