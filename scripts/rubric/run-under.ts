import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa, execaSync } from 'execa';
import type { Condition } from '../../authoring/fairness/condition.ts';
import { solutionVerdict, type SolutionVerdict } from '../../authoring/fairness/verdicts.ts';
import { GraderError } from '../../grader/format/errors.ts';
import { MiB } from '../../grader/format/units.ts';
import { controlGroup } from '../../packaging/simulator/limits/control-group.ts';
import { ROOT } from '../../repository.ts';

const START = join(ROOT, 'compiled/start.mjs');
const PROGRAM = 'authoring/fairness/grade-corpus.ts';
/** An ordinary user's id; no account has it. */
const USER = 60_598;
/** More than a grading takes: what is limited here is the processor. */
const MEMORY = 8192 * MiB;
const AS_USER = [
  'setpriv',
  `--reuid=${USER}`,
  `--regid=${USER}`,
  '--clear-groups',
  '--no-new-privs',
] as const;
const TRIAL = 'fs.readFileSync(process.argv[1])';
const BUSY = 'for (;;);';

/** Why a condition cannot be had on this machine; undefined where it can. */
export function whyNot({ plainUser, processor }: Condition): string | undefined {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (plainUser && !isRoot) return 'only root can become another user';
  if (plainUser) {
    // That user may be barred from this Node.js or from the repository.
    const { failed } = execaSync(AS_USER[0], [...AS_USER.slice(1), process.execPath, '-e', TRIAL, START], {
      cwd: ROOT,
      reject: false,
    });
    if (failed) return 'another user cannot run this Node.js in this folder';
  }
  if (processor === undefined) return undefined;
  const group = controlGroup({ cpu: processor, memoryBytes: MEMORY });
  group?.stop();
  return group ? undefined : 'control groups cannot be made here';
}

/**
 * A Node.js of the npm registry, kept below `.cache/`.
 * @param line a release line: `22`
 * @throws GraderError where the registry has none for this machine
 */
async function nodeOf(line: string): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(ROOT, '.cache', 'nodes', line);
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(binary)) return binary;
  const { failed, stderr } = await execa(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, `${name}@${line}`],
    { reject: false },
  );
  if (failed) throw new GraderError(`Node.js ${line} could not be taken from the npm registry: ${stderr}`);
  chmodSync(binary, 0o755);
  return binary;
}

/**
 * Grades the right solutions of some parts under a condition, in a process of its own.
 * @param onVerdict told of each as it is there
 * @throws GraderError where the process does not end well
 */
export async function runUnder(
  condition: Condition,
  parts: readonly string[],
  onVerdict: (verdict: SolutionVerdict) => void,
): Promise<SolutionVerdict[]> {
  const { threads = 1, load = 0, processor, node, plainUser } = condition;
  const binary = node === undefined ? process.execPath : await nodeOf(node);
  const group = processor === undefined ? undefined : controlGroup({ cpu: processor, memoryBytes: MEMORY });
  const [file, ...args] = [
    ...(group ? ['sh', '-ec', `${group.join}\nexec "$@"`, 'sh'] : []),
    ...(plainUser ? AS_USER : []),
    ...[binary, START, PROGRAM, String(threads), ...parts],
  ];
  const others = Array.from({ length: load }, () =>
    spawn(process.execPath, ['-e', BUSY], { stdio: 'ignore' }),
  );
  const verdicts: SolutionVerdict[] = [];
  const run = execa(file, args, {
    cwd: ROOT,
    extendEnv: false,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent' },
    stdin: 'ignore',
    buffer: { stdout: false },
    reject: false,
  });
  try {
    for await (const line of createInterface({ input: run.stdout })) {
      const verdict = solutionVerdict.parse(JSON.parse(line));
      verdicts.push(verdict);
      onVerdict(verdict);
    }
    const { failed, stderr } = await run;
    if (failed) throw new GraderError(`${condition.name}: the grading process ended: ${stderr}`);
    return verdicts;
  } finally {
    if (run.pid !== undefined && run.exitCode === null && run.signalCode === null) {
      // Its output was not what is expected, and nobody reads on.
      run.kill();
      await once(run, 'exit');
    }
    for (const other of others) other.kill('SIGKILL');
    group?.stop();
  }
}
