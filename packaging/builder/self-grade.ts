import { GiB } from '../../grader/format/units.ts';
import { asGradescope, maxScoreOf, scoreOf } from '../simulator/harness.ts';
import { buildImage } from '../simulator/image.ts';
import { describeMeasured } from '../simulator/run-facts.ts';
import { runSubmission } from '../simulator/run-submission.ts';

/** Gradescope's smallest container. */
const SMALLEST = { cpu: 0.5, memoryBytes: 0.75 * GiB };
const TIMEOUT_SECONDS = 600;

/**
 * Grades with a package in a local simulation: the example submission must get full marks and the template none.
 * @returns what was measured, a line for each
 * @throws Error when a score is different
 */
export async function selfGrade(options: {
  readonly zip: Buffer;
  readonly nodePrefix: string;
  readonly example: string;
  readonly template: string;
  readonly log: (text: string) => void;
}): Promise<string[]> {
  const { zip, nodePrefix, log } = options;
  const image = await buildImage({ zip, nodePrefix, onOutput: log });
  const lines: string[] = [];
  for (const [name, submission] of [
    ['example', options.example],
    ['template', options.template],
  ] as const) {
    const run = await runSubmission({
      image,
      submission,
      allowance: SMALLEST,
      timeoutSeconds: TIMEOUT_SECONDS,
      onOutput: log,
    });
    const { results } = asGradescope({ ...run, timeoutSeconds: TIMEOUT_SECONDS });
    const [score, maximum] = [scoreOf(results), maxScoreOf(results)];
    // Bonus points may lift the example above the maximum.
    if (name === 'example' ? score < maximum : score !== 0) {
      const failed = (results.tests ?? []).filter((test) => test.status !== 'passed' && name === 'example');
      const list = failed.map((test) => `\n  ${test.number} ${test.name}: ${test.output ?? ''}`);
      throw new Error(
        `the ${name} got ${score} of ${maximum} points: ${results.output ?? ''}${list.join('')}`,
      );
    }
    lines.push(`${name}: ${score} of ${maximum} points; ${describeMeasured(run)}`);
  }
  return lines;
}
