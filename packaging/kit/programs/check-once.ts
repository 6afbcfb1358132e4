import { EXIT, type ExitCode } from '../../../grader/cli/exit-code.ts';
import { allAttemptedPass } from '../../../grader/practice/next-step.ts';
import { PracticeSession } from '../../../grader/practice/practice-session.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import type { KitPlaces } from './places.ts';
import { startProgress } from './progress.ts';
import { verdicts } from './verdicts.ts';

/** Checks the folder, prints the verdicts, then the type errors. */
export async function checkOnce(options: {
  readonly names: readonly string[];
  readonly open: boolean;
  readonly places: KitPlaces;
}): Promise<ExitCode> {
  const { names, open, places } = options;
  const session = new PracticeSession(places);
  const progress = startProgress();
  try {
    const { report, withTypes } = await session.check({
      submission: places.folder,
      ...(names.length > 0 ? { parts: names } : {}),
      onUpdate: progress.show,
      onTrouble: progress.note,
    });
    progress.end();
    const text = verdicts(report, { session, places, detailed: names.length > 0 });
    process.stdout.write(`${text}\n`);
    const typed = await withTypes;
    for (const { text: line } of typed.types) process.stdout.write(`${line}\n`);
    if (open) {
      const { openReport } = await import('./open-report.ts');
      await openReport(typed.report, places.folder);
    }
    return exitCodeOf(report);
  } finally {
    progress.end();
    await session.close();
  }
}

function exitCodeOf(report: GradeReport): ExitCode {
  const isOurs = report.parts.some(({ checks }) => checks.some(({ outcome }) => outcome === 'errored'));
  if (isOurs) return EXIT.fault;
  return allAttemptedPass(report) ? EXIT.done : EXIT.found;
}
