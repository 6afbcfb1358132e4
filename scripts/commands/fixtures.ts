import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { GraderError } from '../../grader/format/errors.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { policy } from '../../grader/assignment/policy.ts';
import { assignment } from '../../reference/assignment.ts';
import { compileAssignment } from '../../authoring/fixtures/compile.ts';
import { describeDrift } from '../../authoring/fixtures/drift.ts';
import { record, type Recording } from '../../authoring/fixtures/record.ts';
import { exampleSubmissions } from '../../authoring/fixtures/submissions.ts';
import { FIXTURES } from '../../repository.ts';
import { writeGenerated } from '../../authoring/template/generated-folder.ts';

/** Folders below `fixtures/` that hold nothing but what this script makes. */
const GENERATED = ['public', 'private', 'submissions/should-pass/reference', 'submissions/example'];

const program = new Command('fixtures')
  .description('Run the reference on every case and write the compiled assignment to fixtures/.')
  .option('--check', 'write nothing; fail when fixtures/ is not what the reference gives now')
  .parse();
const { check } = program.opts<{ check?: boolean }>();

/** What the schema has against an assignment, at the place where it stands, and nothing of the schema's own. */
function refuse(what: string, error: unknown): never {
  if (!(error instanceof z.ZodError)) throw error;
  console.error(`${what}:\n${z.prettifyError(error)}\nnpx tsc --noEmit may say more.`);
  process.exit(1);
}

function compile(recording: Recording): Map<string, Uint8Array | string> {
  try {
    return compileAssignment(assignment, recording);
  } catch (error) {
    return refuse('reference/', error);
  }
}

const { error: wrongPolicy } = policy.safeParse(assignment.policy);
if (wrongPolicy) refuse('policy in reference/assignment.ts', wrongPolicy);
const recording = await record(assignment, (name) => console.error(name));
const files = new Map(compile(recording));
for (const [path, content] of await exampleSubmissions(assignment)) files.set(`submissions/${path}`, content);

if (check) {
  const drift = [...files]
    .map(([path, fresh]) => describeDrift(FIXTURES, path, fresh))
    .filter((text) => text);
  const present = GENERATED.filter((folder) => existsSync(join(FIXTURES, folder))).flatMap((folder) =>
    filesBelow(join(FIXTURES, folder)).map((path) => `${folder}/${path}`),
  );
  const stale = present.filter((path) => !files.has(path)).map((path) => `${path}: no longer made`);
  for (const line of [...drift, ...stale]) console.log(`fixtures/${line}; npm run fixtures`);
  if (drift.length + stale.length > 0) process.exitCode = 1;
  else console.log(`fixtures/: ${files.size} files are what the reference gives`);
} else {
  for (const folder of GENERATED) {
    const mine = [...files].filter(([path]) => path.startsWith(`${folder}/`));
    const content = new Map(mine.map(([path, bytes]) => [path.slice(folder.length + 1), bytes]));
    writeGenerated(join(FIXTURES, folder), content);
  }
  console.log(`fixtures/: ${files.size} files, ${assignment.parts.length} parts`);
  try {
    loadAssignment([join(FIXTURES, 'public'), join(FIXTURES, 'private')]);
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
