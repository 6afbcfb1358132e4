import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { randomStream } from '../../reference/lib/random.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../../grader/sandbox/sandbox.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { MiB } from '../../grader/format/units.ts';
import { ASSIGNMENT, FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { startProgress } from '../terminal/progress.ts';
import { judge, look, type Left } from './leftovers.ts';

const HOSTILE = join(FIXTURES, 'hostile');
const REFERENCE = join(FIXTURES, 'submissions/should-pass/reference');
const PART = 'content-loss';
/** What the attacks' files in places that everyone may write to are called. */
const MARK = 'soak-mark';
/** One in so many submissions is hostile. */
const HOSTILE_SHARE = 4;

/** Attacks whose files can be used as they are, in an order that looks random and is not. */
function attacks(): string[] {
  const random = randomStream('soak');
  return readdirSync(HOSTILE)
    .filter((name) => readdirSync(join(HOSTILE, name)).includes('files'))
    .map((name) => ({ name, key: random.uint32() }))
    .sort((a, b) => a.key - b.key)
    .map(({ name }) => name);
}

function placeSubmission(folder: string, attack: string | undefined): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(REFERENCE, folder, { recursive: true });
  if (!attack) return;
  cpSync(join(HOSTILE, attack, 'files'), folder, { recursive: true });
  const path = join(folder, 'style-modules/content-loss.ts');
  // Names of a place that is not there: what is asked here is what is left behind.
  const text = readFileSync(path, 'utf8').replaceAll('__MARK__', MARK);
  writeFileSync(path, text.replaceAll(/__(?:GRADER|PORT)__/g, String(process.pid)));
}

/**
 * Grades many submissions one after the other, a quarter of them hostile, and prints what was left.
 * @param gradings how many, at least 4
 * @throws FindingError where something was left, or the grader grew
 */
export async function soak(gradings: number): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const base = mkdtempSync(join(tmpdir(), 'soak-'));
  const scratch = join(base, 'scratch');
  mkdirSync(scratch, { mode: 0o755 });
  process.env.TMPDIR = scratch;
  const sandbox = openSandbox();
  const hostile = attacks();
  const memory: number[] = [];
  let first: Left | undefined;
  // It holds a timer until after the last look, as at the first.
  const progress = startProgress({ title: 'gradings', total: gradings });
  try {
    for (let i = 0; i < gradings; i++) {
      const attack = i % HOSTILE_SHARE === 0 ? hostile[(i / HOSTILE_SHARE) % hostile.length] : undefined;
      placeSubmission(join(base, 'submission'), attack);
      await gradeOne(join(base, 'submission'), sandbox);
      collectGarbage();
      memory.push(process.memoryUsage.rss());
      first ??= look(scratch, MARK);
      progress.at(i + 1, `${(memory.at(-1)! / MiB).toFixed(0)} MiB ${attack ?? ''}`);
    }
    await sandbox.close();
    collectGarbage();
    const last = look(scratch, MARK);
    const { text, clean } = judge({ memory, first: first!, last });
    console.log(`${gradings} gradings, every ${HOSTILE_SHARE}th hostile\n${text}`);
    if (!clean) throw new FindingError('something was left, or the grader grew');
  } finally {
    progress.end();
    rmSync(base, { recursive: true, force: true });
  }
}

async function gradeOne(submission: string, sandbox: Sandbox): Promise<void> {
  await grade({
    submission,
    assignment: ASSIGNMENT,
    template: TEMPLATE,
    dependencies: ROOT,
    parts: [PART],
    types: false,
    timeFactor: 0.25,
    limits: { ...DEFAULT_LIMITS, residentBytes: 512 * MiB },
    sandbox,
  });
}
