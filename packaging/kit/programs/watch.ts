import { styleText } from 'node:util';
import { EXIT } from '../../../grader/cli/exit-code.ts';
import { changesBetween } from '../../../grader/practice/changes.ts';
import { givenModules } from '../../../grader/practice/edited-given.ts';
import { nextStep } from '../../../grader/practice/next-step.ts';
import { PracticeSession, type PracticeRun } from '../../../grader/practice/practice-session.ts';
import { scoreLine } from '../../../grader/practice/practice-text.ts';
import { Saves } from '../../../grader/practice/saves.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { checkLines, withoutRepeats, type Paint } from '../../../grader/report/terminal.ts';
import type { KitPlaces } from './places.ts';
import { startProgress } from './progress.ts';
import { knownPrivateChecks, usesColour, verdicts } from './verdicts.ts';

interface WatchOptions {
  readonly names: readonly string[];
  /** Show the report in the browser, kept up to date. */
  readonly open: boolean;
  readonly places: KitPlaces;
}

const paint: Paint = (style, text) => (usesColour() ? styleText(style, text) : text);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Checks the folder, then again what each save changes, until this process is ended. */
export async function watchFolder({ names, open, places }: WatchOptions): Promise<never> {
  const session = new PracticeSession(places);
  // Whatever is at work, what it started is ended and removed when this process exits. The other signals exit by themselves.
  process.once('SIGINT', () => process.exit(EXIT.done));
  const { folder, template } = places;
  const { allow } = session.assignment;
  const saves = new Saves({ folder, allow: [...allow, ...givenModules(template, allow)] });
  const live = open ? await (await import('./live-report.ts')).startLiveReport(folder) : undefined;
  /** Undefined where a save has overtaken it. */
  const once = async (signal: AbortSignal): Promise<PracticeRun | undefined> => {
    const progress = startProgress();
    live?.say('checking ...');
    try {
      return await session.check({
        submission: folder,
        ...(names.length > 0 ? { parts: names } : {}),
        onUpdate: progress.show,
        onTrouble: progress.note,
        signal,
      });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
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
  try {
    let shown: GradeReport | undefined;
    for (;;) {
      const run = await once(saves.begin());
      if (run && (!shown || run.checked.length > 0)) {
        const { report } = run;
        if (shown) {
          const next = nextStep(report, session.assignment, { watching: true });
          say(
            describeUpdate(shown, run, { next, score: scoreLine(report, knownPrivateChecks(places)).score }),
          );
        } else {
          say(verdicts(report, { session, places, detailed: names.length > 0, watching: true }));
          say(paint('gray', 'Watching your files; Ctrl+C ends it.'));
        }
        shown = report;
        live?.show(report);
        void finish(run);
      } else if (run && shown) {
        for (const line of newWarnings(shown, run.report)) say(line);
        shown = { ...shown, notices: run.report.notices };
      }
      await saves.next();
    }
  } finally {
    saves.close();
    await live?.close();
    await session.close();
  }
}

function newWarnings(before: GradeReport, { notices }: GradeReport): string[] {
  const known = new Set(before.notices.map(({ text }) => text));
  return notices
    .filter(({ severity, text }) => severity === 'warning' && !known.has(text))
    .map(({ text }) => `${paint('yellow', 'Warning:')} ${text}`);
}

/** What a save changed. */
function describeUpdate(
  before: GradeReport,
  { report, checked }: PracticeRun,
  { score, next }: { readonly score: string; readonly next: string },
): string {
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
  lines.push(...newWarnings(before, report));
  lines.push(paint('bold', score), `Next: ${next}`);
  return lines.join('\n');
}
