import { readJson } from '../../../grader/format/read-json.ts';
import type { PracticeSession } from '../../../grader/practice/practice-session.ts';
import { practiceText } from '../../../grader/practice/practice-text.ts';
import { privateChecks, type PrivateChecks } from '../../../grader/practice/private-checks.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import type { KitPlaces } from './places.ts';

/** Whether what is printed may have colours. */
export const usesColour = (): boolean => process.stdout.isTTY && process.env.NO_COLOR === undefined;

/** What this kit tells of the private checks. */
export function knownPrivateChecks(places: KitPlaces): PrivateChecks {
  return readJson(places.privateChecks, privateChecks, 'run npm install');
}

/** All verdicts of a first look at the folder, with what is private and the next step. @param options.detailed parts were named @param options.watching each save is checked by itself */
export function verdicts(
  report: GradeReport,
  options: {
    readonly session: PracticeSession;
    readonly places: KitPlaces;
    readonly detailed: boolean;
    readonly watching?: boolean;
  },
): string {
  const { session, places, detailed, watching = false } = options;
  return practiceText(report, {
    colour: usesColour(),
    assignment: session.assignment,
    privateChecks: knownPrivateChecks(places),
    detailed,
    watching,
  });
}
