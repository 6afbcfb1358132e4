import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { randomStream } from '../../reference/lib/random.ts';
import { grade } from '../../grader/pipeline/grade.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { allPids } from '../../grader/sandbox/process-table.ts';
import { DEFAULT_LIMITS } from '../../grader/sandbox/sandbox.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { MiB } from '../../grader/format/units.ts';

const HOSTILE = join(FIXTURES, 'hostile');
const REFERENCE = join(FIXTURES, 'submissions/should-pass/reference');
const PART = 'content-loss';
/** Places that everyone may write to, and what the attacks' files there are called. */
const SHARED = ['/tmp', '/var/tmp', '/dev/shm'];
const MARK = 'soak-mark';
/** One in so many submissions is hostile. */
const HOSTILE_SHARE = 4;
/** Growth of the grader over the second half that is taken for noise. */
const NOISE_BYTES = 32 * MiB;

interface Left {
  readonly processes: number;
  readonly claims: number;
  readonly scratch: number;
  readonly files: number;
  readonly descriptors: number;
  readonly handles: number;
}

function childrenOf(pid: number): number[] {
  return allPids().filter((one) => {
    try {
      const text = readFileSync(`/proc/${one}/stat`, 'latin1');
      // The grader's own bundler stays to serve.
      if (text.includes('(esbuild)')) return false;
      return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    } catch {
      return false;
    }
  });
}

function look(scratch: string): Left {
  const claims = '/run/introspection-grader';
  const own = (name: string): boolean => name.split('.')[1] === String(process.pid);
  return {
    processes: childrenOf(process.pid).length,
    claims: process.getuid?.() === 0 ? readdirSync(claims).filter(own).length : 0,
    scratch: readdirSync(scratch).length,
    files: SHARED.flatMap((place) => readdirSync(place)).filter((name) => name.includes(MARK)).length,
    descriptors: readdirSync('/proc/self/fd').length,
    handles: process.getActiveResourcesInfo().length,
  };
}

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
 * Grades many submissions one after the other, a quarter of them hostile.
 * @param tell gets a line of progress now and then
 */
export async function soak(
  gradings: number,
  tell: (line: string) => void,
): Promise<{ text: string; clean: boolean }> {
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
  for (let i = 0; i < gradings; i++) {
    const attack = i % HOSTILE_SHARE === 0 ? hostile[(i / HOSTILE_SHARE) % hostile.length] : undefined;
    placeSubmission(join(base, 'submission'), attack);
    await grade({
      submission: join(base, 'submission'),
      assignment: ['public', 'private'].map((half) => join(FIXTURES, half)),
      template: TEMPLATE,
      dependencies: ROOT,
      parts: [PART],
      types: false,
      timeFactor: 0.25,
      limits: { ...DEFAULT_LIMITS, residentBytes: 512 * MiB },
      sandbox,
    });
    collectGarbage();
    memory.push(process.memoryUsage.rss());
    first ??= look(scratch);
    if ((i + 1) % 10 === 0)
      tell(`${i + 1} of ${gradings}, ${(memory.at(-1)! / MiB).toFixed(0)} MiB${attack ? `, ${attack}` : ''}`);
  }
  await sandbox.close();
  collectGarbage();
  const last = look(scratch);
  rmSync(base, { recursive: true, force: true });
  return judge({ gradings, memory, first: first!, last });
}

function judge(seen: { gradings: number; memory: readonly number[]; first: Left; last: Left }): {
  text: string;
  clean: boolean;
} {
  const { gradings, memory, first, last } = seen;
  const quarter = Math.max(1, Math.floor(memory.length / 4));
  const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
  const second = mean(memory.slice(quarter, 2 * quarter));
  const fourth = mean(memory.slice(-quarter));
  const grown = fourth - second;
  const nothingLeft = last.processes + last.claims + last.scratch + last.files === 0;
  const steady = last.descriptors <= first.descriptors && last.handles <= first.handles;
  const mebibytes = (bytes: number): string => `${(bytes / MiB).toFixed(1)} MiB`;
  const text = [
    `${gradings} gradings, every ${HOSTILE_SHARE}th hostile`,
    `left: ${last.processes} processes, ${last.claims} user ids, ${last.scratch} scratch directories, ${last.files} files`,
    `descriptors: ${first.descriptors} after the first, ${last.descriptors} after the last; handles: ${first.handles}, ${last.handles}`,
    `memory of the grader: ${mebibytes(second)} in the second quarter, ${mebibytes(fourth)} in the last (${mebibytes(grown)})`,
  ].join('\n');
  return { text, clean: nothingLeft && steady && grown < NOISE_BYTES };
}
