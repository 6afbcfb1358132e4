import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { caseChanges, changeSize } from '../../authoring/fixtures/case-changes.ts';
import { compileAssignment } from '../../authoring/fixtures/compile.ts';
import { diffPage, pictureChanges } from '../../authoring/fixtures/diff-page.ts';
import { describeDrift } from '../../authoring/fixtures/drift.ts';
import { recordAndJudge, recordOrRefuse, type Judged } from '../../authoring/fixtures/record-and-judge.ts';
import { exampleSubmissions } from '../../authoring/fixtures/submissions.ts';
import { knownMistakesFiles } from '../../authoring/known-mistakes/files.ts';
import { checkDefinition } from '../../authoring/invariants/definition.ts';
import type { Pages } from '../../authoring/invariants/recorded-part.ts';
import { TRIVIAL_ANSWERS } from '../../authoring/invariants/trivial/answers.ts';
import { TemplateError } from '../../authoring/template/findings.ts';
import { writeGenerated } from '../../authoring/template/generated-folder.ts';
import type { PartDefinition } from '../../grader/assignment/define.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { policy } from '../../grader/assignment/policy.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { GraderError } from '../../grader/format/errors.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { assignment } from '../../reference/assignment.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { partsOf } from '../options/parts.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import { startProgress } from '../terminal/progress.ts';
import { renderTable } from '../terminal/table.ts';

/** Folders below `fixtures/` that hold nothing but what is made here. */
const GENERATED = ['public', 'private', 'submissions/should-pass/reference', 'submissions/example'];
const DIFF_PAGE = join(ROOT, 'results', 'fixtures-diff.html');

type Files = ReadonlyMap<string, Uint8Array | string>;

/** The parts that are called so, or all of which anything is asked. @throws UsageError naming those that there are */
function partsNamed(names: readonly string[]): readonly PartDefinition[] {
  const asked = assignment.parts.filter((part) => !part.solved);
  return names.length === 0 ? asked : partsOf(names, asked);
}

/** What the schema has against an assignment, at the place where it stands, and nothing of the schema's own. */
function asFinding(what: string, error: unknown): unknown {
  if (error instanceof TemplateError) return new FindingError(error.message, { cause: error });
  if (!(error instanceof z.ZodError)) return error;
  return new FindingError(`${what}:\n${z.prettifyError(error)}\nnpx tsc --noEmit may say more.`);
}

/** Finds all that is wrong without running the reference. @throws FindingError */
async function checkBeforehand(): Promise<Pages> {
  const { error } = policy.safeParse(assignment.policy);
  if (error) throw asFinding('policy in reference/assignment.ts', error);
  try {
    return await plainErrorsAs(FindingError, () => checkDefinition(assignment));
  } catch (error) {
    throw asFinding('reference/', error);
  }
}

async function runReference(
  how: typeof recordAndJudge,
  { parts, twice }: { readonly parts: readonly PartDefinition[]; readonly twice: boolean },
): Promise<Judged> {
  const pages = await checkBeforehand();
  const total = parts.reduce((sum, { cases }) => sum + cases.length, 0);
  const progress = startProgress({ title: 'cases', total });
  let done = 0;
  try {
    const onCase = (name: string): void => progress.at(++done, name);
    return await plainErrorsAs(FindingError, () => how(assignment, { pages, parts, twice, onCase }));
  } finally {
    progress.end();
  }
}

function compile({ recording }: Judged): Map<string, Uint8Array | string> {
  try {
    return compileAssignment(assignment, recording);
  } catch (error) {
    throw asFinding('reference/', error);
  }
}

/** All files below `fixtures/` that are made here; those of parts that were not asked for as they lie there. */
async function makeFiles(judged: Judged, parts: readonly PartDefinition[]): Promise<Files> {
  const files = compile(judged);
  // What wrong solutions return is recorded apart, by npm run known-mistakes.
  for (const [path, text] of knownMistakesFiles(assignment.parts)) files.set(path, text);
  for (const { id } of assignment.parts) {
    if (parts.some((part) => part.id === id)) continue;
    for (const half of ['public', 'private']) {
      const folder = join(FIXTURES, half, id);
      if (!existsSync(folder)) continue;
      for (const path of filesBelow(folder)) {
        const place = `${half}/${id}/${path}`;
        if (!files.has(place)) files.set(place, readFileSync(join(folder, path)));
      }
    }
  }
  const examples = await plainErrorsAs(FindingError, () => exampleSubmissions(assignment));
  for (const [path, content] of examples) files.set(`submissions/${path}`, content);
  return files;
}

function below(folder: string, files: Files): Map<string, Uint8Array | string> {
  const mine = [...files].filter(([path]) => path.startsWith(`${folder}/`));
  return new Map(mine.map(([path, bytes]) => [path.slice(folder.length + 1), bytes]));
}

/** Loads a compiled assignment with all its data, as the grader would. @throws FindingError where it cannot */
function requireLoadable(fixtures: string): void {
  try {
    const { parts } = loadAssignment([join(fixtures, 'public'), join(fixtures, 'private')]);
    for (const one of parts.flatMap(({ cases }) => [...cases.values()])) {
      one.inputs();
      one.given();
      one.expected();
    }
  } catch (error) {
    throw error instanceof GraderError ? new FindingError(error.message, { cause: error }) : error;
  }
}

/** Writes the halves where nobody looks, to load them before anything else is written. */
function requireLoadableFiles(files: Files): void {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-fixtures-'));
  try {
    for (const half of ['public', 'private']) writeGenerated(join(folder, half), below(half, files));
    requireLoadable(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws FindingError where the reference fails, or the assignment is not as it must be; then nothing is written */
export async function writeFixtures(ids: readonly string[]): Promise<void> {
  const parts = partsNamed(ids);
  const files = await makeFiles(await runReference(recordOrRefuse, { parts, twice: true }), parts);
  requireLoadableFiles(files);
  for (const folder of GENERATED) writeGenerated(join(FIXTURES, folder), below(folder, files));
  console.log(
    `fixtures/: ${files.size} files, ${parts.length} of ${assignment.parts.length} parts made again`,
  );
}

/** @throws FindingError where the fixtures are not what the reference gives now, too */
export async function checkFixtures(ids: readonly string[]): Promise<void> {
  const parts = partsNamed(ids);
  // What lies there was the first time.
  const files = await makeFiles(await runReference(recordOrRefuse, { parts, twice: false }), parts);
  const drift = [...files]
    .map(([path, fresh]) => describeDrift(FIXTURES, path, fresh))
    .filter((text) => text);
  const present = GENERATED.filter((folder) => existsSync(join(FIXTURES, folder))).flatMap((folder) =>
    filesBelow(join(FIXTURES, folder)).map((path) => `${folder}/${path}`),
  );
  const stale = present.filter((path) => !files.has(path)).map((path) => `${path}: no longer made`);
  for (const line of [...drift, ...stale]) console.log(`fixtures/${line}`);
  const found = drift.length + stale.length;
  if (found > 0) throw new FindingError(`${found} files are not what the reference gives; npm run fixtures`);
  requireLoadable(FIXTURES);
  console.log(`fixtures/: ${files.size} files are what the reference gives`);
}

/** Prints what answers that understand nothing earn. @throws FindingError where one earns points without a reason */
export async function showTrivialAnswers(ids: readonly string[]): Promise<void> {
  const parts = partsNamed(ids);
  const { trivial, refusals } = await runReference(recordAndJudge, { parts, twice: false });
  const columns = [{ name: 'part' }, ...TRIVIAL_ANSWERS.map((name) => ({ name, align: 'right' as const }))];
  const rows = [...trivial].map(([id, { points }]) => [
    id,
    ...TRIVIAL_ANSWERS.map((answer) => points.get(answer) ?? 0),
  ]);
  console.log(renderTable(columns, rows));
  const lines = refusals.map(({ file, place, problem }) => `${file}: ${place}: ${problem}`);
  if (lines.length > 0) throw new FindingError(lines.join('\n'));
}

/** Shows what a change of the reference did to what is expected; nothing below `fixtures/` is written. */
export async function showChanges(ids: readonly string[]): Promise<void> {
  const parts = partsNamed(ids);
  const files = compile(await runReference(recordAndJudge, { parts, twice: false }));
  const changes = caseChanges(FIXTURES, files);
  const pictures = pictureChanges(FIXTURES, files);
  if (changes.length === 0) console.log('No expected value changed.');
  else {
    const columns = [{ name: 'case' }, { name: 'largest change', align: 'right' as const }, { name: 'of' }];
    console.log(
      renderTable(
        columns,
        changes.map((change) => [change.folder, changeSize(change), change.what]),
      ),
    );
  }
  mkdirSync(join(ROOT, 'results'), { recursive: true });
  writeFileSync(DIFF_PAGE, diffPage(changes, pictures));
  console.log(`results/fixtures-diff.html: ${changes.length} cases and ${pictures.length} pictures changed`);
}
