import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, list, packSubmission, sizeText, type Collected } from '../../../collect_submission.ts';
import { EXIT, type ExitCode } from '../../../grader/cli/exit-code.ts';
import { PracticeSession, type PracticeRun } from '../../../grader/practice/practice-session.ts';
import { pointsOf, publicPoints, type PrivateChecks } from '../../../grader/practice/private-checks.ts';
import { stalePictures } from '../../../grader/practice/stale-pictures.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import type { KitPlaces } from './places.ts';
import { startProgress } from './progress.ts';
import { readArguments } from './read-arguments.ts';
import { knownPrivateChecks } from './verdicts.ts';

const USAGE = `Usage: npm run collect [-- --strict]
Looks your files over by the grader's rules, packs them, unpacks the zip into a clean folder and checks that.
  --strict  pack nothing while anything is found
Exit code: 0 packed, 1 nothing was packed, 2 wrong usage, 3 the fault is not yours.
`;

/** Looks over, packs, checks what was packed, and leaves the zip in the folder. */
export async function collectFolder(args: readonly string[], places: KitPlaces): Promise<ExitCode> {
  const { strict, help } = readArguments({
    args: [...args],
    options: {
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
  if (help) {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  const collected = await collect(places.folder);
  const { name, files, refusals } = collected;
  const width = Math.max(...files.map(({ path }) => path.length));
  const rows = files.map(
    ({ path, bytes }) => `${path.padEnd(width)}  ${sizeText(bytes.length).padStart(10)}`,
  );
  process.stdout.write(list('Files to submit:', rows));
  if (refusals.length > 0) {
    process.stdout.write(list('Problems:', refusals));
    return refuse('the problems');
  }
  const version = (JSON.parse(readFileSync(places.manifest, 'utf8')) as { version: string }).version;
  const zip = await packSubmission({ name, files, kit: version });
  const { run, types, hidden } = await checkPacked(zip, name, places);
  const findings = [...findingsOf(collected, run, places.folder), ...types];
  process.stdout.write(list('Found:', findings) + list('Notes:', notesOf(collected)));
  process.stdout.write(
    list('The zip, unpacked into a clean folder and checked:', scores(run.report, hidden)),
  );
  const { score, points, refusal } = run.report;
  if (refusal !== undefined) throw new Error(`the grader will not take this zip: ${refusal}`);
  process.stdout.write(
    `Public points ${score} of ${points}; ${pointsOf(Object.values(hidden).flat())} more are private.\n`,
  );
  if (strict && findings.length > 0) return refuse('what was found');
  writeFileSync(join(places.folder, name), zip);
  const then = findings.length > 0 ? 'look at what was found above, then ' : '';
  process.stdout.write(
    `Packed ${files.length} files into ${name}, ${sizeText(zip.length)}.\nNext: ${then}upload ${name}.\n`,
  );
  return EXIT.done;
}

function refuse(what: string): ExitCode {
  process.stderr.write(`Nothing was packed. Fix ${what} above and run npm run collect again.\n`);
  return EXIT.found;
}

/** Grades the zip as Gradescope will, by the public half. */
async function checkPacked(
  zip: Uint8Array,
  name: string,
  places: KitPlaces,
): Promise<{ run: PracticeRun; types: readonly string[]; hidden: PrivateChecks }> {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-collect-'));
  const session = new PracticeSession(places);
  const progress = startProgress();
  try {
    const submission = join(folder, name);
    writeFileSync(submission, zip);
    const run = await session.check({ submission, onUpdate: progress.show, onTrouble: progress.note });
    const { types } = await run.withTypes;
    return { run, types: types.map(({ text }) => text), hidden: knownPrivateChecks(places) };
  } finally {
    progress.end();
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file that a finding is about. */
const pathOf = (finding: string): string => finding.split(':', 1)[0];
const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

/** What will cost points, or is not as it should be, each in a line. */
function findingsOf({ files, warnings, notes }: Collected, run: PracticeRun, folder: string): string[] {
  const { refusedImports, prints = [] } = run.review ?? {};
  const imports = [...(refusedImports?.values() ?? [])]
    .flat()
    .map(({ file, line, message }) => `${file}:${line}: ${message}`);
  const { given, solutionFiles } = JSON.parse(readFileSync(join(folder, 'submission.json'), 'utf8')) as {
    given: Record<string, string>;
    solutionFiles: { path: string }[];
  };
  const pages = run.report.parts.filter((part) => part.files.every((path) => path.endsWith('.md')));
  const misread = pages.flatMap(({ files: [page], checks }) =>
    checks
      .filter(({ outcome }) => outcome === 'failed')
      .flatMap(({ message }) => message.map((line) => `${page}: ${line}`)),
  );
  /** The grader has read the page as a whole, and says more of it. */
  const isTold = (text: string): boolean => misread.some((line) => pathOf(line) === pathOf(text));
  const gone = Object.keys(given).filter((path) => !existsSync(join(folder, path)));
  const pictures = files.map(({ path }) => path).filter((path) => path.endsWith('.png'));
  const stale = stalePictures({ folder, pictures, solutionFiles: solutionFiles.map(({ path }) => path) });
  return [
    ...new Set(imports),
    // The grader finds prints where they are hidden better, too.
    ...warnings.filter((text) => !text.includes('leftover print') && !isTold(text)),
    ...misread,
    ...prints,
    ...gone.map((path) => `${path}: missing; your work is graded with the original`),
    ...notes.filter((text) => isCode(pathOf(text))).map((text) => `${text}; move its code into your files`),
    ...stale.map(
      ({ picture, code, driver }) =>
        `${picture}: older than ${code}; draw it again: npm run visualize ${driver}`,
    ),
  ];
}

/** Pages that the kit's own commands write (and an older kit leaves its engine); of the written part the PDF is submitted, but elsewhere. */
const PAGES = ['report.html', 'report/report.html'];
const WRITTEN_PART = 'report/report.pdf';

function notesOf({ notes }: Collected): string[] {
  return notes
    .filter((text) => !isCode(pathOf(text)) && !PAGES.includes(pathOf(text)) && !text.startsWith('engine/'))
    .map((text) =>
      pathOf(text) === WRITTEN_PART ? `${WRITTEN_PART}: upload it by itself, as the written part` : text,
    );
}

/** A line for each part: its points, and the checks that did not pass. */
function scores({ parts }: GradeReport, hidden: PrivateChecks): string[] {
  return parts.map((part) => {
    const { id, title, checks } = part;
    const failed = checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'errored').length;
    const open = checks.filter(({ outcome }) => outcome === 'not-attempted').length;
    const words = [failed > 0 ? `${failed} failed` : '', open > 0 ? `${open} not attempted` : ''];
    const remark = words.filter((word) => word !== '').join(', ');
    const points = publicPoints(part, hidden[id]);
    return `${title}  ${points}${remark ? `  ${remark}` : ''}`;
  });
}
