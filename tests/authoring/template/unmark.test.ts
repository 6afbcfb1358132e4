import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseQuiz } from '../../../grader/checks/quiz/parse-quiz.ts';
import { unmark, unmarkFindings } from '../../../authoring/template/unmark.ts';
import { repository } from './stand-alone.ts';

const page = `---
primaryColor: steelblue
# Put an x between the brackets, [x].
---

> A quotation that belongs to the page.

### A1. Is it so?

1. [x] Yes.
   > Because it is.
   > And more.
1. [ ] No.

### A2. What else?

> A hint before the answers.

- [X] This.
  > Why this.
- [ ] That [1].
`;

describe('a page of questions as students get it', () => {
  it('has no mark and no remark below an answer, and everything else as it was', () => {
    expect(unmark(page)).toBe(`---
primaryColor: steelblue
# Put an x between the brackets, [x].
---

> A quotation that belongs to the page.

### A1. Is it so?

1. [ ] Yes.
1. [ ] No.

### A2. What else?

> A hint before the answers.

- [ ] This.
- [ ] That [1].
`);
    expect(unmarkFindings('page.md', page)).toEqual([]);
  });

  it('a remark that goes on without its sign is refused, with its line', () => {
    const careless = page.replace('   > And more.', '   and more.');
    expect(unmarkFindings('/page.md', careless)).toMatchObject([{ file: '/page.md', line: 12 }]);
  });
});

describe('the quiz of this assignment', () => {
  const key = readFileSync(join(repository, 'reference/parts/concept-quiz/quiz.md'), 'utf8');
  const questions = parseQuiz(key);

  it('has at least 20 questions over eight groups, each with a right answer, exactly one where they are numbered', () => {
    expect(questions.length).toBeGreaterThanOrEqual(20);
    expect(new Set(questions.map(({ label }) => label)).size).toBe(questions.length);
    expect(new Set(questions.map(({ label }) => label[0])).size).toBe(8);
    for (const { label, single, answers } of questions) {
      const right = answers.filter(({ mark }) => mark === 'marked').length;
      expect({ label, answers: answers.length >= 3, right: single ? right === 1 : right >= 1 }).toEqual({
        label,
        answers: true,
        right: true,
      });
    }
  });

  it('explains an answer of every question, and gives none away in the copy of the template', () => {
    const explanations = key.split('\n').filter((line) => /^\s+>/.test(line));
    expect(explanations.length).toBeGreaterThanOrEqual(questions.length);
    const copy = unmark(key);
    const marked = parseQuiz(copy).flatMap(({ answers }) =>
      answers.filter(({ mark }) => mark !== 'unmarked'),
    );
    expect(marked).toEqual([]);
    for (const line of explanations) expect(copy).not.toContain(line.trim());
  });

  it('is not won by marking the same place everywhere', () => {
    const single = questions.filter((question) => question.single);
    for (let place = 0; place < 4; place++) {
      const hits = single.filter(({ answers }) => answers[place]?.mark === 'marked').length;
      expect(hits).toBeLessThan(single.length / 2);
    }
  });
});
