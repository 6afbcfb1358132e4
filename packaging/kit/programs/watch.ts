import { styleText } from 'node:util';
import { EXIT, type ExitCode } from '../../../grader/cli/exit-code.ts';
import { changesBetween } from '../../../grader/practice/changes.ts';
import { watchFolder as watchFiles } from '../../../grader/practice/folder-watch.ts';
import { nextStep } from '../../../grader/practice/next-step.ts';
import { PracticeSession, type PracticeRun } from '../../../grader/practice/practice-session.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { checkLines, withoutRepeats, type Paint } from '../../../grader/report/terminal.ts';
import type { KitPlaces } from './places.ts';
import { startProgress } from './progress.ts';
import { usesColour, verdicts } from './verdicts.ts';

interface WatchOptions {
  readonly names: readonly string[];
  /** Show the report in the browser, kept up to date. */
  readonly open: boolean;
  readonly places: KitPlaces;
}

const paint: Paint = (style, text) => (usesColour() ? styleText(style, text) : text);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Checks the folder, then again what each save changes, until it is told to stop. */
export async function watchFolder({ names, open, places }: WatchOptions): Promise<ExitCode> {
  const session = new PracticeSession(places);
  const live = open ? await (await import('./live-report.ts')).startLiveReport(places.folder) : undefined;
  const once = async (): Promise<PracticeRun> => {
    const progress = startProgress();
    live?.say('checking ...');
    try {
      return await session.check({
        submission: places.folder,
        ...(names.length > 0 ? { parts: names } : {}),
        onUpdate: progress.show,
        onTrouble: progress.note,
      });
    } finally {
      progress.end();
    }
  };
  /** Tells of the type errors, then has a child wait for the next save. */
  const finish = async ({ withTypes }: PracticeRun): Promise<void> => {
    const typed = await withTypes;
    for (const { text } of typed.types) say(text);
    live?.show(typed.report);
    await session.warmUp();
  };
  const follow = (run: PracticeRun): void => {
    live?.show(run.report);
    void finish(run);
  };
  try {
    let run = await once();
    say(verdicts(run.report, { session, places, detailed: names.length > 0 }));
    follow(run);
    say(paint('gray', 'Watching your files; Ctrl+C ends it.'));
    await untilStopped(places, session, async () => {
      const before = run;
      const next = await once();
      if (next.checked.length === 0) return;
      run = next;
      say(describeUpdate(before.report, next, nextStep(next.report, session.assignment)));
      follow(next);
    });
    return EXIT.done;
  } finally {
    await live?.close();
    await session.close();
  }
}

/** Runs the work at each change, one after the other, until Ctrl+C. */
async function untilStopped(
  { folder }: KitPlaces,
  { assignment }: PracticeSession,
  work: () => Promise<void>,
): Promise<void> {
  let pending = false;
  let busy = false;
  await new Promise<void>((resolve, reject) => {
    const onChange = async (): Promise<void> => {
      pending = true;
      if (busy) return;
      busy = true;
      try {
        while (pending) {
          pending = false;
          await work();
        }
      } finally {
        busy = false;
      }
    };
    const stop = watchFiles({
      folder,
      allow: assignment.allow,
      onChange: () => void onChange().catch((error: unknown) => (stop(), reject(error as Error))),
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        stop();
        resolve();
      });
    }
  });
}

/** What a save changed. */
function describeUpdate(before: GradeReport, { report, checked }: PracticeRun, next: string): string {
  const { changed, same } = changesBetween(before, report);
  const titles = report.parts.filter(({ id }) => checked.includes(id)).map(({ title }) => title);
  const time = new Date().toTimeString().slice(0, 8);
  const lines = [
    '',
    `${paint('bold', `${time}  ${titles.join(', ')}`)}  checked again in ${report.seconds.toFixed(2)} s`,
  ];
  for (const [i, check] of withoutRepeats(changed.map((change) => change.check)).entries()) {
    const [head, ...message] = checkLines(check, paint);
    const { before: was } = changed[i];
    lines.push(was === check.outcome ? head : `${head}  (${was.replace('-', ' ')} before)`, ...message);
  }
  lines.push(`  ${same} ${same === 1 ? 'check' : 'checks'} as before`);
  if (report.refusal !== undefined) lines.push(report.refusal);
  lines.push(`${paint('bold', `Public points ${report.score} of ${report.points}`)}`, `Next: ${next}`);
  return lines.join('\n');
}
