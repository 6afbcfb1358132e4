import { describe, expect, it } from 'vitest';
import { toTerminal } from '../../grader/report/terminal.ts';
import { checkResult, sampleReport } from '../gradescope/sample-report.ts';

describe('the terminal reporter', () => {
  it('prints no control characters without colour', () => {
    const text = toTerminal(sampleReport([checkResult({ outcome: 'failed', message: ['why', 'how'] })]), {
      colour: false,
    });
    expect(text).toContain('      why\n      how');
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('prints a message of several lines once, though several checks fail for that reason', () => {
    const failed = (id: string, message: string[]) => checkResult({ id, outcome: 'failed', message });
    const checks = [
      failed('a', ['why', 'how']),
      failed('b', ['why', 'how']),
      failed('c', ['why', 'what']),
      failed('d', ['short']),
      failed('e', ['short']),
    ];
    const text = toTerminal(sampleReport(checks), { colour: false });
    const messages = text.split('\n').filter((line) => line.startsWith('      '));
    expect(messages.map((line) => line.trim())).toEqual([
      'why',
      'how',
      'the same as above',
      'why',
      'what',
      'short',
      'short',
    ]);
  });

  it('prints a message for what did not pass, and none for what was not attempted', () => {
    const text = toTerminal(
      sampleReport([checkResult({ outcome: 'not-attempted', earned: 0, message: ['hush'] })]),
      {
        colour: false,
      },
    );
    expect(text).not.toContain('hush');
    expect(text).toContain('1 not attempted');
  });
});
