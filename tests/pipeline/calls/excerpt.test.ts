import { describe, expect, it } from 'vitest';
import { withExcerpt } from '../../../grader/pipeline/calls/excerpt.ts';
import { checkResult } from '../../gradescope/sample-report.ts';

const files = new Map([['parts/one.ts', Buffer.from('a\nb\n\tc\u202E\r\nd\ne\n')]]);
const excerptOf = (message: readonly string[], outcome: 'failed' | 'passed' = 'failed') =>
  withExcerpt(checkResult({ outcome, message }), files).excerpt;

describe('the lines that a message names', () => {
  it('are shown with their neighbours, made printable', () => {
    expect(excerptOf(['it threw', 'TypeError: x (parts/one.ts:3)'])).toEqual({
      path: 'parts/one.ts',
      line: 3,
      first: 1,
      lines: ['a', 'b', '  c\\u{202e}', 'd'],
    });
  });

  it.each([
    ['a compiler’s place', ['parts/one.ts:4:7: unexpected end']],
    ['the first place that was submitted', ['lib/given.ts:1 and parts/one.ts:4']],
  ])('are found in %s', (_, message) => {
    expect(excerptOf(message)).toMatchObject({ line: 4, first: 2 });
  });

  it.each([
    ['a line beyond the end', ['parts/one.ts:99']],
    ['line 0', ['parts/one.ts:0']],
    ['a file that was not submitted', ['parts/two.ts:1']],
    ['the end of another path', ['/etc/parts/one.ts:1', '../parts/one.ts:1']],
    ['no place', ['values differ']],
  ])('are not looked for at %s', (_, message) => {
    expect(excerptOf(message)).toBeUndefined();
  });

  it('are not shown of what passed', () => {
    expect(excerptOf(['parts/one.ts:3'], 'passed')).toBeUndefined();
  });
});
