import { join } from 'node:path';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import type { StandingWork } from '../../grader/pipeline/calls/standing-work.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { toHtml } from '../../grader/report/html.ts';
import { toJson } from '../../grader/report/json.ts';
import type { Sandbox } from '../../grader/sandbox/sandbox.ts';
import { ROOT } from '../../repository.ts';
import type { GradingSettings, Task, TaskResult } from './messages.ts';
import { ProcessorClock } from './processor-clock.ts';

function stateOf({ state }: GradeReport): TaskResult['state'] {
  if (state === 'refused') return 'refused';
  return state === 'complete' ? 'graded' : 'out-of-time';
}

function keep(report: GradeReport, out: string): void {
  writeAtomically(join(out, 'results.json'), JSON.stringify(toGradescope(report)));
  writeAtomically(join(out, 'report.html'), toHtml(report, { audience: 'staff' }));
  writeAtomically(join(out, 'report.json'), toJson(report));
}

/** Grades one submission of a class and keeps its results; what belongs to the worker is lent. */
export async function gradeTask(
  { path, out }: Task,
  settings: GradingSettings,
  { sandbox, standing }: { readonly sandbox: Sandbox; readonly standing: StandingWork },
): Promise<TaskResult> {
  const troubles: string[] = [];
  const clock = new ProcessorClock();
  const report = await grade({
    submission: path,
    assignment: settings.assignment,
    template: settings.template,
    dependencies: ROOT,
    backend: settings.backend,
    device: settings.device,
    threads: 1,
    jobs: 1,
    ...(settings.timeFactor === undefined ? {} : { timeFactor: settings.timeFactor }),
    ...(settings.parts ? { parts: settings.parts } : {}),
    sandbox,
    standing,
    protectedDirectories: [settings.root],
    deadlineSeconds: settings.deadlineSeconds,
    onTrouble: (message) => void troubles.push(message),
  });
  if (out !== undefined) keep(report, out);
  const checks = report.parts.flatMap((part) => part.checks);
  return {
    state: stateOf(report),
    score: report.score,
    points: report.points,
    errored: checks.filter(({ outcome }) => outcome === 'errored').length,
    seconds: report.seconds,
    processorSeconds: clock.stop(),
    troubles,
    endings: Object.fromEntries(
      checks.map(({ part, id, outcome, earned }) => [`${part}/${id}`, `${outcome}, ${earned}`]),
    ),
    resident: process.memoryUsage.rss(),
  };
}
