import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { assignment } from '../reference/assignment.ts';
import { compileAssignment } from './fixtures/compile.ts';
import { describeDrift } from './fixtures/drift.ts';
import { record } from './fixtures/record.ts';
import { FIXTURES } from './paths.ts';
import { writeGenerated } from './template/generated-folder.ts';
import { filesBelow } from './template/layout.ts';

const HALVES = ['public', 'private'];

const program = new Command('fixtures')
  .description('Run the reference on every case and write the compiled assignment to fixtures/.')
  .option('--check', 'write nothing; fail when fixtures/ is not what the reference gives now')
  .parse();
const { check } = program.opts<{ check?: boolean }>();

const recording = await record(assignment, (name) => console.error(name));
const files = compileAssignment(assignment, recording);

if (check) {
  const present = HALVES.filter((half) => existsSync(join(FIXTURES, half))).flatMap((half) =>
    filesBelow(join(FIXTURES, half)).map((path) => `${half}/${path}`),
  );
  const stale = present.filter((path) => !files.has(path)).map((path) => `${path}: no longer made`);
  const drift = [...files]
    .map(([path, fresh]) => describeDrift(FIXTURES, path, fresh))
    .filter((text) => text);
  for (const line of [...drift, ...stale]) console.log(`fixtures/${line}; npm run fixtures`);
  if (drift.length + stale.length > 0) process.exitCode = 1;
  else console.log(`fixtures/: ${files.size} files are what the reference gives`);
} else {
  for (const half of HALVES) {
    const mine = [...files].filter(([path]) => path.startsWith(`${half}/`));
    writeGenerated(
      join(FIXTURES, half),
      new Map(mine.map(([path, content]) => [path.slice(half.length + 1), content])),
    );
  }
  console.log(`fixtures/: ${files.size} files, ${readdirSync(join(FIXTURES, 'public')).length - 1} parts`);
}
