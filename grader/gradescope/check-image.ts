import { GraderError } from '../format/errors.ts';
import { grade } from '../pipeline/grade.ts';
import type { GradeOptions } from '../pipeline/grade-options.ts';
import { runCanary } from '../sandbox/canary/canary.ts';
import { describeIsolation } from '../sandbox/canary/report.ts';
import { openSandbox } from '../sandbox/launch.ts';
import { gradeSelfTest } from '../self-test/self-test.ts';
import type { Settings } from './settings.ts';

export interface CheckImageOptions extends Pick<GradeOptions, 'assignment' | 'template' | 'dependencies'> {
  readonly settings: Settings;
  readonly log: (line: string) => void;
}

/**
 * Whether an image that was just built can be trusted to grade: its isolation holds what a canary tries, the
 * untouched template earns nothing, and the engine's own assignment comes out as known. No solution of the course is
 * needed for that.
 * @throws GraderError when it cannot
 */
export async function checkImage(options: CheckImageOptions): Promise<void> {
  const { settings, assignment, template, dependencies, log } = options;
  const sandbox = openSandbox({ isolation: settings.isolation });
  try {
    const strict = settings.isolation === 'strict';
    const isolation = await runCanary({
      sandbox,
      secrets: { hidden: assignment },
      strict,
      thorough: true,
    });
    log(`isolation: ${describeIsolation(isolation)}`);
  } finally {
    await sandbox.close();
  }
  const { backend, threads, timeFactor, isolation } = settings;
  const common = { dependencies, backend, threads, timeFactor, isolation };
  await gradeSelfTest({ ...common, log });
  const trouble: string[] = [];
  const report = await grade({
    ...common,
    submission: template,
    template,
    assignment,
    onTrouble: (message) => trouble.push(message),
  });
  log(`template: ${report.score} of ${report.points} points in ${report.seconds.toFixed(1)} s`);
  const checks = report.parts.flatMap((part) => part.checks);
  const odd = checks.filter((check) => check.outcome !== 'not-attempted');
  if (report.score > 0 || odd.length > 0 || trouble.length > 0) {
    const list = odd.map(
      ({ part, id, outcome, message }) => `${part}/${id} ${outcome}: ${message.join('; ')}`,
    );
    throw new GraderError(
      `the untouched template must earn nothing, with every check not attempted:\n  ${[...list, ...trouble].join('\n  ')}`,
    );
  }
}
