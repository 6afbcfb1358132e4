import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { compileAssignment } from '../../authoring/fixtures/compile.ts';
import { describeDrift } from '../../authoring/fixtures/drift.ts';
import { record, type Recording } from '../../authoring/fixtures/record.ts';
import { exampleSubmissions } from '../../authoring/fixtures/submissions.ts';
import { writeGenerated } from '../../authoring/template/generated-folder.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { policy } from '../../grader/assignment/policy.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { GraderError } from '../../grader/format/errors.ts';
import { assignment } from '../../reference/assignment.ts';
import { FIXTURES } from '../../repository.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import { startProgress } from '../terminal/progress.ts';

/** Folders below `fixtures/` that hold nothing but what is made here. */
const GENERATED = ['public', 'private', 'submissions/should-pass/reference', 'submissions/example'];

type Files = ReadonlyMap<string, Uint8Array | string>;

/** What the schema has against an assignment, at the place where it stands, and nothing of the schema's own. */
function asFinding(what: string, error: unknown): unknown {
  if (!(error instanceof z.ZodError)) return error;
  return new FindingError(`${what}:\n${z.prettifyError(error)}\nnpx tsc --noEmit may say more.`);
}

function compile(recording: Recording): Files {
  try {
    return compileAssignment(assignment, recording);
  } catch (error) {
    throw asFinding('reference/', error);
  }
}

async function recordReference(): Promise<Recording> {
  const total = assignment.parts.reduce((sum, { cases }) => sum + cases.length, 0);
  const progress = startProgress({ title: 'cases', total });
  let done = 0;
  try {
    return await record(assignment, (name) => progress.at(++done, name));
  } finally {
    progress.end();
  }
}

async function makeFiles(): Promise<Files> {
  const { error } = policy.safeParse(assignment.policy);
  if (error) throw asFinding('policy in reference/assignment.ts', error);
  const files = new Map(compile(await recordReference()));
  for (const [path, content] of await exampleSubmissions(assignment))
    files.set(`submissions/${path}`, content);
  return files;
}

/** @throws FindingError where the reference fails, or the assignment is not as it must be */
export async function writeFixtures(): Promise<void> {
  const files = await plainErrorsAs(FindingError, makeFiles);
  for (const folder of GENERATED) {
    const mine = [...files].filter(([path]) => path.startsWith(`${folder}/`));
    const content = new Map(mine.map(([path, bytes]) => [path.slice(folder.length + 1), bytes]));
    writeGenerated(join(FIXTURES, folder), content);
  }
  console.log(`fixtures/: ${files.size} files, ${assignment.parts.length} parts`);
  try {
    loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);
  } catch (error) {
    throw error instanceof GraderError ? new FindingError(error.message, { cause: error }) : error;
  }
}

/** @throws FindingError where the fixtures are not what the reference gives now, too */
export async function checkFixtures(): Promise<void> {
  const files = await plainErrorsAs(FindingError, makeFiles);
  const drift = [...files]
    .map(([path, fresh]) => describeDrift(FIXTURES, path, fresh))
    .filter((text) => text);
  const present = GENERATED.filter((folder) => existsSync(join(FIXTURES, folder))).flatMap((folder) =>
    filesBelow(join(FIXTURES, folder)).map((path) => `${folder}/${path}`),
  );
  const stale = present.filter((path) => !files.has(path)).map((path) => `${path}: no longer made`);
  for (const line of [...drift, ...stale]) console.log(`fixtures/${line}; npm run fixtures`);
  const found = drift.length + stale.length;
  if (found > 0) throw new FindingError(`${found} files are not what the reference gives; npm run fixtures`);
  console.log(`fixtures/: ${files.size} files are what the reference gives`);
}
