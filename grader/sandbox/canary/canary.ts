import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GraderError } from '../../format/errors.ts';
import { CappedOutput } from '../capped-output.ts';
import { allPids, commandOf } from '../process-table.ts';
import { describeEnding } from '../describe-ending.ts';
import { hostFault } from '../host-fault.ts';
import { FEW_THREADS } from '../node-flags.ts';
import { DEFAULT_LIMITS, type Ending, type Limits, type Sandbox, type SandboxedProcess } from '../sandbox.ts';
import type { Plan } from './attempts.ts';
import { Cage, SCRIPT } from './cage.ts';
import { REQUIRED, THREATS, type HostSecrets, type IsolationReport, type Threat } from '../isolation.ts';
import { layerNames } from './report.ts';
import { KiB, MiB } from '../../format/units.ts';

const PATIENCE_MS = 20_000;
const MAX_ANSWER_BYTES = 64 * KiB;
const HOGS = ['memory', 'processor-time', 'threads'] as const;
/** What a hog gets, and what it certainly exceeds. */
const HOG_LIMITS: Limits = { ...DEFAULT_LIMITS, residentBytes: 192 * MiB, cpuSeconds: 1, processes: 32 };

function isRunning(argument: string): boolean {
  const pids = process.platform === 'linux' ? allPids() : [];
  return pids.some((pid) => commandOf(pid).split('\0').includes(argument));
}

async function collect(
  process: SandboxedProcess,
): Promise<{ answer: string; errors: string; ending: Ending }> {
  const [answer, errors] = [process.answers, process.stderr].map(
    (stream) => new CappedOutput([stream], { keepBytes: MAX_ANSWER_BYTES }),
  );
  process.stdout.resume();
  const timer = setTimeout(() => void process.destroy(), PATIENCE_MS);
  const ending = await process.ended;
  clearTimeout(timer);
  // What it wrote last may still be in the pipe.
  await new Promise((resolve) => setTimeout(resolve, 20));
  await process.destroy();
  const textOf = (output: CappedOutput): string => output.take().kept.toString('utf8');
  return { answer: textOf(answer), errors: textOf(errors), ending };
}

function start(sandbox: Sandbox, cage: Cage, plan: Plan, limits: Limits): SandboxedProcess {
  const threads = sandbox.layers.fewProcesses ? FEW_THREADS : [];
  const child = sandbox.launch({
    kind: 'program',
    command: [process.execPath, '--no-warnings', ...threads, join(cage.inside, SCRIPT)],
    readable: [cage.inside],
    cwd: cage.inside,
    limits,
    workers: true,
  });
  child.stdin.end(JSON.stringify(plan));
  return child;
}

export interface CanaryOptions {
  readonly sandbox: Sandbox;
  readonly secrets: HostSecrets;
  /** A required threat that is open is an error. */
  readonly strict: boolean;
  /** Also use up memory, processor time and threads, which takes seconds. */
  readonly thorough?: boolean;
}

/**
 * Starts a canary in the sandbox, without Node.js's own restrictions, and reports what it could do.
 * @throws GraderError when honest code does not run there either, or when `strict` is not met
 */
export async function runCanary(options: CanaryOptions): Promise<IsolationReport> {
  const { sandbox, secrets, strict, thorough = false } = options;
  const cage = new Cage();
  const open: Partial<Record<Threat, string>> = {};
  let plan: Plan | undefined;
  try {
    await cage.open();
    plan = cage.plan(secrets);
    const { mark } = plan;
    const { answer, errors, ending } = await collect(start(sandbox, cage, plan, DEFAULT_LIMITS));
    Object.assign(open, parseAnswer(answer, errors, ending));
    // Processes and files matter only if they are still there after all was ended: they may have had a world of
    // their own, and what is removed in time is not left behind.
    for (const threat of ['daemon', 'results', 'writing'] as const) delete open[threat];
    const left = (directories: readonly string[]): string | undefined =>
      directories.map((directory) => join(directory, mark)).find((path) => existsSync(path));
    for (const [threat, directories] of [
      ['results', plan.results],
      ['writing', plan.writable],
    ] as const) {
      const path = left(directories);
      if (path) open[threat] = `wrote ${path}`;
    }
    if (isRunning(plan.daemonSeconds)) open.daemon = 'a process of it was still running afterwards';
    if (cage.heard) open.network ??= cage.heard;
    for (const hog of thorough ? HOGS : []) {
      const used = await collect(start(sandbox, cage, { ...plan, hog }, HOG_LIMITS));
      if (used.ending.how === 'killed') open[hog] = `was not stopped within ${PATIENCE_MS / 1000} s`;
    }
  } finally {
    cage.close(plan);
  }
  const tried = (Object.keys(THREATS) as Threat[]).filter(
    (threat) => thorough || !HOGS.some((hog) => hog === threat),
  );
  const report: IsolationReport = {
    level: sandbox.level,
    layers: layerNames(sandbox),
    tested: true,
    held: tried.filter((threat) => open[threat] === undefined),
    open,
  };
  if (strict) requireHeld(report);
  return report;
}

function parseAnswer(answer: string, errors: string, ending: Ending): Partial<Record<Threat, string>> {
  try {
    return JSON.parse(answer) as Partial<Record<Threat, string>>;
  } catch {
    const how =
      ending.how === 'not-started' ? ending.reason : errors.trim() || `no answer (${describeEnding(ending)})`;
    throw new GraderError(hostFault(`${process.execPath}, with an honest program,`, how));
  }
}

function requireHeld(report: IsolationReport): void {
  const missing = REQUIRED.filter((threat) => report.open[threat] !== undefined);
  if (missing.length === 0) return;
  const list = missing.map((threat) => `it could ${THREATS[threat]} (${report.open[threat]})`).join('; ');
  throw new GraderError(`strict isolation does not hold on this host, at level ${report.level}: ${list}`);
}
