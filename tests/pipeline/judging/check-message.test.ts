import { describe, expect, it } from 'vitest';
import type { LoadedCheck } from '../../../grader/assignment/loaded.ts';
import { check as schema } from '../../../grader/checks/index.ts';
import type { FailureKind, Verdict } from '../../../grader/checks/verdict.ts';
import { messageOf } from '../../../grader/pipeline/judging/check-message.ts';

const HINTS = {
  'no-result': 'Does it take any size?',
  'not-finite': 'A norm of zero divides by zero.',
  form: 'One map an image.',
  values: 'Take the magnitude.',
};

function loaded(
  half: LoadedCheck['half'],
  hint: string | Partial<typeof HINTS> = HINTS,
  points = 2,
): LoadedCheck {
  const check = schema.parse({
    kind: 'tensor-close',
    id: 'value',
    title: 'It is right',
    points,
    case: 'one',
    value: { call: 'result' },
    atol: 1e-6,
    rtol: 1e-4,
    hint,
  });
  return { check, half };
}

const failed = (kind: FailureKind, more: Partial<Extract<Verdict, { outcome: 'failed' }>> = {}): Verdict => ({
  outcome: 'failed',
  kind,
  summary: 'summary',
  details: ['the whole story'],
  ...more,
});

describe('a hint belongs to the failure', () => {
  it.each(Object.entries(HINTS) as [keyof typeof HINTS, string][])('of the kind %s', (kind, text) => {
    expect(messageOf(failed(kind), loaded('public'))).toEqual(['the whole story', `Hint: ${text}`]);
  });

  it('a single text is about wrong values: there is none beside an exception, NaN or another shape', () => {
    const check = loaded('public', 'Take the magnitude.');
    expect(messageOf(failed('values'), check)).toEqual(['the whole story', 'Hint: Take the magnitude.']);
    for (const kind of ['no-result', 'not-finite', 'form'] as const) {
      expect(messageOf(failed(kind), check)).toEqual(['the whole story']);
    }
  });

  it('a cause that follows from the values leaves no guess at another one', () => {
    const verdict = failed('values', { diagnosis: 'Every value is 2 times the expected one.', share: 0.5 });
    expect(messageOf(verdict, loaded('public'))).toEqual([
      'the whole story',
      'Every value is 2 times the expected one.',
      'Half the points: the result is right but for a constant factor.',
    ]);
  });

  it('a message has at most twelve lines, the hint among them', () => {
    const details = Array.from({ length: 40 }, (_, i) => `line ${i}`);
    const lines = messageOf(failed('values', { details }), loaded('public'));
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe('Hint: Take the magnitude.');
  });
});

describe('on an input that the student has not seen', () => {
  it('a failure shows one of four texts, whatever the submission did', () => {
    const kinds = ['no-result', 'not-finite', 'form', 'values'] as const;
    const texts = kinds.flatMap((kind) =>
      ['a', 'b', 'c'].map((word) =>
        messageOf(failed(kind, { summary: word, details: [word], diagnosis: word }), loaded('private')).join(
          '\n',
        ),
      ),
    );
    expect(new Set(texts).size).toBe(4);
    expect(texts.join('\n')).not.toMatch(/^[abc]$/m);
  });

  it('the author’s text of that kind is shown', () => {
    expect(messageOf(failed('not-finite'), loaded('private'))).toEqual([
      'The result on an input that you have not seen has values that are NaN or infinite.',
      'Hint: A norm of zero divides by zero.',
    ]);
  });

  it('half a result is right but for what its kind says, and no hint about wrong values stands beside it', () => {
    const half = (kind: FailureKind, points?: number): string[] =>
      messageOf(
        failed(kind, { share: 0.5, diagnosis: 'Every value is 4 times' }),
        loaded('private', HINTS, points),
      );
    expect(half('values')).toEqual([
      'The result on an input that you have not seen is wrong.',
      'Half the points: the result is right but for a constant factor.',
    ]);
    expect(half('form')).toEqual([
      'The result on an input that you have not seen has a wrong shape or type.',
      'Hint: One map an image.',
      'Half the points: the result is right but for its shape.',
    ]);
    // Half of no points is nothing to speak of.
    expect(half('values', 0).at(-1)).toBe('The result is right but for a constant factor.');
  });

  it('what depends on no input is told as it is: a line of the source, a compile error', () => {
    expect(messageOf(failed('own-text'), loaded('private'))).toEqual([
      'summary',
      'Hint: Take the magnitude.',
    ]);
  });
});
