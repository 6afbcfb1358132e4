import { describe, expect, it } from 'vitest';
import type { DocumentEvidence, Evidence } from '../../grader/checks/evidence.ts';
import { check, judge } from '../../grader/checks/index.ts';
import { readDocument } from '../../grader/checks/quiz/read-document.ts';
import type { Verdict } from '../../grader/checks/verdict.ts';

const handedOut = `---
shuffleAnswers: true
---

### S1. The gradient is

1. [ ] a first derivative.
1. [ ] a second derivative.
1. [ ] an integral.

### S2. It depends

- [ ] on the image.
- [ ] on the image and the weather.
- [ ] on the class.
`;
const key = handedOut
  .replace('[ ] a first', '[x] a first')
  .replace('[ ] on the image.', '[x] on the image.')
  .replace('[ ] on the class.', '[x] on the class.\n  > A remark.');

/** Only the document is asked for. */
function evidence(document: DocumentEvidence): Evidence {
  const unused = (): never => {
    throw new Error('a quiz is judged by its document');
  };
  return {
    outcomes: unused,
    inputs: unused,
    expected: unused,
    calls: unused,
    expectedPicture: unused,
    sources: [],
    document: () => document,
    submitted: unused,
  };
}

function judgeQuiz(
  submitted: string | Uint8Array | undefined,
  { judges = 'answers' as 'answers' | 'form', withKey = true, questions = ['S1', 'S2'] } = {},
): Verdict {
  const definition = {
    kind: 'quiz',
    id: 'quiz',
    title: 'The answers are right',
    points: 1,
    document: 'quiz.md',
    questions,
    judges,
  };
  const bytes = typeof submitted === 'string' ? new TextEncoder().encode(submitted) : submitted;
  return judge(
    check.parse(definition),
    evidence({ submitted: bytes, handedOut, expected: withKey ? key : undefined }),
  );
}

const right = handedOut
  .replace('[ ] a first', '[x] a first')
  .replace('[ ] on the image.', '[x] on the image.')
  .replace('[ ] on the class', '[x] on the class');

describe('right answers pass', () => {
  it.each([
    ['as handed out', right],
    ['with Windows line ends', right.replaceAll('\n', '\r\n')],
    ['with old Mac line ends', right.replaceAll('\n', '\r')],
    ['with a byte order mark', `\ufeff${right}`],
    ['with capital crosses and spaces', right.replaceAll('[x]', '[ X ]').replaceAll('[ ]', '[]')],
    ['with ticks', right.replaceAll('[x]', '[✓]')],
    ['with other bullets', right.replaceAll('- [', '* [').replaceAll('1. [', '1) [')],
    [
      'with consecutive numbers',
      right.replace('1. [ ] a second', '2. [ ] a second').replace('1. [ ] an', '3. [ ] an'),
    ],
    ['without any bullets', right.replaceAll(/^(?:-|1\.) \[/gm, '[')],
    ['with escaped brackets', right.replaceAll('[', '\\[').replaceAll(']', '\\]')],
    ['with another level of headings', right.replaceAll('### ', '# ')],
    ['with bold text for headings', right.replaceAll(/^### (.*)$/gm, '**$1**')],
    ['without labels', right.replaceAll(/^### S\d\. /gm, '### X9. ').replace('X9', 'X8')],
    ['with no-break spaces and zero-width characters', right.replaceAll('] ', ']\u00a0\u200b')],
    [
      'with a long answer broken into lines',
      right.replace('[ ] on the image and the weather', '[ ] on the image\n  and the weather'),
    ],
    [
      'with remarks of the student',
      right.replace('[x] a first derivative.', '[x] a first derivative. (I think)'),
    ],
    ['with unmarked answers deleted', right.replaceAll(/^.*\[ \].*\n/gm, '')],
    ['with answers in another order', right.replace(/(- \[x\] on the image\.\n)(.*\n)(.*\n)/, '$3$2$1')],
    ['with one answer reworded in its place', right.replace('an integral', 'no derivative at all')],
    ['with the questions in another order', right.replace(/(### S1[^]*?)(### S2[^]*)/, '$2\n$1')],
  ])('%s', (_, text) => {
    expect(judgeQuiz(text)).toEqual({ outcome: 'passed' });
    expect(judgeQuiz(text, { judges: 'form' })).toEqual({ outcome: 'passed' });
  });

  it('in UTF-16, as some Windows editors save', () => {
    const units = Uint16Array.from(`\ufeff${right}`, (c) => c.charCodeAt(0));
    expect(judgeQuiz(new Uint8Array(units.buffer))).toEqual({ outcome: 'passed' });
  });
});

describe('wrong answers fail without telling which', () => {
  it.each([
    [
      'another one of a numbered list',
      right.replace('[x] a first', '[ ] a first').replace('[ ] an', '[x] an'),
    ],
    ['one too few', right.replace('[x] on the class', '[ ] on the class')],
    ['one too many', right.replace('[ ] on the image and', '[x] on the image and')],
    [
      'the one that begins like the right one',
      right
        .replace('[x] on the image.', '[ ] on the image.')
        .replace('[ ] on the image and', '[x] on the image and'),
    ],
  ])('%s', (_, text) => {
    expect(judgeQuiz(text)).toEqual({
      outcome: 'failed',
      kind: 'own-text',
      summary: 'the answers to S1 and S2 are not all right',
      details: [],
    });
    expect(judgeQuiz(text, { judges: 'form' })).toEqual({ outcome: 'passed' });
  });

  it('what is not answered is named', () => {
    const verdict = judgeQuiz(right.replace('[x] a first', '[ ] a first'));
    expect(verdict).toMatchObject({
      outcome: 'failed',
      kind: 'own-text',
      summary: 'the answers to S1 and S2 are not all right; S1 is not answered',
    });
  });
});

describe('what cannot be read is named in plain words', () => {
  it.each([
    [
      'a question that is gone',
      right.replace(/### S1[^]*?(?=### S2)/, ''),
      'question S1 is not there any more; restore its heading',
    ],
    [
      'a question that is there twice',
      `${right}\n${right}`,
      'question S1 is there twice; delete one of the two',
    ],
    [
      'two marks in a numbered list',
      right.replace('[ ] an', '[x] an'),
      'line 5: question S1 has one right answer, and 2 are marked',
    ],
    [
      'another sign',
      right.replace('[x] a first', '[?] a first'),
      'line 7, question S1: write [x] for a marked answer, [ ] for others',
    ],
    [
      'answers that cannot be told apart',
      right.replace('[x] a first derivative', '[x] the usual one').replace('1. [ ] an integral.\n', ''),
      'line 5: the answers of question S1 were changed; restore their words',
    ],
  ])('%s', (_, text, why) => {
    expect(judgeQuiz(text, { judges: 'form' })).toMatchObject({
      outcome: 'failed',
      kind: 'own-text',
      summary: why,
    });
    expect(judgeQuiz(text)).toMatchObject({
      outcome: 'failed',
      kind: 'own-text',
      summary: expect.stringContaining(why),
    });
  });

  it('a file of another kind counts as not answered or not there', () => {
    expect(judgeQuiz(new Uint8Array(300_000))).toMatchObject({
      outcome: 'failed',
      kind: 'own-text',
      summary: expect.stringContaining('larger than 256 KB'),
    });
    expect(judgeQuiz(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 254]))).toMatchObject({
      outcome: 'failed',
      kind: 'own-text',
      summary: expect.stringContaining('question S1 is not there any more'),
    });
  });

  it('a file of more lines than a quiz has is not read', () => {
    expect(judgeQuiz(`${right}${'\n'.repeat(5000)}`)).toMatchObject({
      outcome: 'failed',
      summary: expect.stringContaining('has more than 4000 lines'),
    });
  });

  it.each([
    ['blanks', ' '.repeat(250_000)],
    ['blanks before a word', `${right}${' '.repeat(240_000)}x`],
    ['tabs before a word', `${right}${'\t'.repeat(240_000)}x`],
    ['blanks before an answer', `${right}${' '.repeat(240_000)}[x] one more`],
    ['blanks behind a bullet', `${right}-${' '.repeat(240_000)}x`],
    ['blanks behind a number sign', `${right}#${' '.repeat(240_000)}x`],
    ['blanks behind a mark, then a line separator', `${right}- [x]${' '.repeat(240_000)}\u2028x`],
    ['blanks behind a label, then a line separator', `${right}### S9.${' '.repeat(240_000)}\u2028x`],
    ['tabs', '\t'.repeat(250_000)],
    ['brackets', '['.repeat(250_000)],
    ['open answers', '- [ '.repeat(60_000)],
    ['backslashes', '\\'.repeat(250_000)],
    ['stars', '*'.repeat(250_000)],
    ['digits', '1'.repeat(250_000)],
    ['letters that become many', '\ufdfa'.repeat(80_000)],
    ['answers to one question', `### S1. x\n${'- [x] a\n'.repeat(3900)}`],
    ['questions without a label', '### Z1. x\n'.repeat(3900)],
    ['one question that goes on and on', `${right}${`${'word '.repeat(12)}\n`.repeat(3800)}`],
  ])('a quarter of a megabyte of %s is judged at once', (_, text) => {
    const begin = performance.now();
    expect(['failed', 'not-attempted', 'passed']).toContain(judgeQuiz(text).outcome);
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  it('is read once, however many checks ask for it', () => {
    const bytes = new TextEncoder().encode(right);
    expect(readDocument(bytes)).toBe(readDocument(bytes));
  });
});

describe('nothing to judge', () => {
  it('an untouched quiz is not attempted', () => {
    expect(judgeQuiz(handedOut)).toEqual({
      outcome: 'not-attempted',
      message: 'No answer to S1 and S2 is marked yet.',
    });
    expect(judgeQuiz(undefined)).toEqual({
      outcome: 'not-attempted',
      message: 'quiz.md is not in the submission.',
    });
  });

  it('a key that is not there, or lacks a question, is our fault', () => {
    expect(() => judgeQuiz(right, { withKey: false })).toThrow('npm run fixtures');
    expect(() => judgeQuiz(right, { questions: ['S3'] })).toThrow('quiz.md has no question S3');
  });

  it('the form needs no key', () => {
    expect(judgeQuiz(right, { judges: 'form', withKey: false })).toEqual({ outcome: 'passed' });
  });
});
