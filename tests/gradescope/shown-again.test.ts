import { expect, it } from 'vitest';
import { showAgain } from '../../grader/gradescope/shown-again.ts';
import type { PreviousSubmission } from '../../grader/gradescope/metadata.ts';

const why = 'Not graded: too many.';
const earlier = (results: Record<string, unknown> | undefined, score?: number): PreviousSubmission => ({
  time: new Date(0),
  score,
  autograderError: false,
  results,
});

it('earlier results come again with the reason on top, whatever Gradescope added to them', () => {
  const results = {
    score: 7,
    output: 'All **well**.',
    output_format: 'md',
    stdout: 'kept by Gradescope',
    leaderboard: null,
    tests: [{ name: 'one', score: 7, max_score: 8, tags: null, id: 12 }],
    extra_data: { backend: 'wasm' },
  };
  expect(showAgain({ previous: earlier(results), why, extra: { graded_at: [] } })).toEqual({
    score: 7,
    output: '**Not graded: too many.**\n\nAll **well**.',
    output_format: 'md',
    tests: [{ name: 'one', score: 7, max_score: 8 }],
    extra_data: {
      backend: 'wasm',
      graded_at: [],
      shown_again_because: '**Not graded: too many.**\n\n',
    },
  });
});

it('shown a third time, the reason is there once', () => {
  const once = showAgain({ previous: earlier({ score: 1, output: 'Well.', output_format: 'text' }), why });
  const twice = showAgain({ previous: earlier(once), why: 'Not graded: still too many.' });
  expect(twice.output).toBe('Not graded: still too many.\n\nWell.');
});

it('in HTML the reason is text', () => {
  const results = { score: 1, output: '<p>Well.</p>', output_format: 'html' };
  expect(showAgain({ previous: earlier(results), why: 'a < b' }).output).toBe(
    '<p><b>a &lt; b</b></p>\n<p>Well.</p>',
  );
});

it.each([
  ['no results', undefined],
  ['results of another form', { score: 'seven', tests: 'none' }],
])('with %s the score is shown again', (_, results) => {
  const again = showAgain({ previous: earlier(results, 4), why });
  expect([again.score, again.output]).toEqual([4, `${why}\n\n`]);
});
