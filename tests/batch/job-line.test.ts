import { expect, it } from 'vitest';
import { jobLine } from '../../batch/queue/job-line.ts';

const ended = (state: 'graded' | 'refused') =>
  jobLine('submission_26', { how: 'ended', ended: { state, score: 61.5, points: 80, seconds: 34.2 } });

it('says in a line what became of a submission', () => {
  expect(ended('graded')).toBe('submission_26: 61.5 of 80 points in 34.2 s');
  expect(ended('refused')).toBe('submission_26: refused in 34.2 s');
  expect(jobLine('submission_26', { how: 'given-back' })).toBe('submission_26: given back to the queue');
});

it('says in a line what failed through us, and whether somebody tries again', () => {
  const failed = (isLast: boolean) =>
    jobLine('a\u001B[2Jb', { how: 'failed', why: 'it ended with 1\nat line 3', attempt: 2, isLast });
  expect(failed(false)).toBe(
    'a\\u{1b}[2Jb: failed through us at attempt 2, goes back to the queue: it ended with 1',
  );
  expect(failed(true)).toBe('a\\u{1b}[2Jb: failed through us at attempt 2: it ended with 1');
});
