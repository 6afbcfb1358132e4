import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../../grader/format/incident.ts';
import { grade } from '../../../grader/pipeline/grade.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { MiB } from '../../../grader/format/units.ts';
import {
  DEFAULT_LIMITS,
  type Ending,
  type LaunchOptions,
  type Limits,
  type Sandbox,
  type SandboxedProcess,
} from '../../../grader/sandbox/sandbox.ts';
import { installedBackends } from '../../../grader/tensorflow/index.ts';
import { gradeOptions, REFERENCE } from '../../corpus/graded.ts';
import { SOFTWARE_DRIVER } from '../../tensorflow/software-driver.ts';

const PART = 'content-loss';
const OTHER = 'tv-loss';
const WITH_GIVEN_CODE = 'saliency-map';
const FILE = 'style-modules/content-loss.ts';
/** Starting and compiling shaders in software, on a busy machine. */
const PATIENCE_MS = 240_000;

const places: string[] = [];
afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

/** The reference, or with another body of the content loss. */
function submission(body?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-second-'));
  places.push(folder);
  cpSync(REFERENCE, folder, { recursive: true });
  if (body !== undefined)
    writeFileSync(
      join(folder, FILE),
      `import * as tf from '@tensorflow/tfjs';
export function contentLoss(weight: number, current: tf.Tensor4D, original: tf.Tensor4D): any {
  const device = (tf.backend() as any).device;
  ${body}
  return tf.mul(weight, tf.sum(tf.square(tf.sub(current, original))));
}
`,
    );
  return folder;
}

/** A process that does not say that its driver is in software. */
function likeCard(process: SandboxedProcess): SandboxedProcess {
  const said = ',"software":true';
  const answers = process.answers.pipe(
    new Transform({
      transform(chunk: Buffer, _, done) {
        const at = chunk.indexOf(said);
        if (at >= 0) chunk.fill(' ', at, at + said.length);
        done(null, chunk);
      },
    }),
  );
  return instead(process, { answers });
}

/** The same process but for some of its properties. */
function instead(process: SandboxedProcess, changed: Partial<SandboxedProcess>): SandboxedProcess {
  return new Proxy(process, {
    get: (target, key) => {
      if (Object.hasOwn(changed, key)) return Reflect.get(changed, key) as unknown;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** A process whose first call never comes to an answer: it ends as it would by a fault in a driver. */
function crashing(process: SandboxedProcess, signal: string): SandboxedProcess {
  let tell: (ending: Ending) => void;
  const crashed = new Promise<Ending>((resolve) => (tell = resolve));
  const write = process.stdin.write.bind(process.stdin);
  process.stdin.write = ((frame: Uint8Array) => {
    if (!Buffer.from(frame).includes('"type":"call"')) return write(frame);
    tell({ how: 'signal', signal });
    return true;
  }) as typeof process.stdin.write;
  return instead(process, { ended: Promise.race([crashed, process.ended]) });
}

interface Machine {
  /** Of the runners that are launched for a part, counted from 1: those that crash in their first call, by a signal. */
  readonly crashes?: Readonly<Record<number, string>>;
  /** From the runner of this number on no device is there. */
  readonly goneFrom?: number;
  readonly looksLikeCard?: boolean;
  /** No process on WASM starts, which is what given code runs on. */
  readonly withoutWasm?: boolean;
}

/** A sandbox on a machine with a bad driver. The first runner only tries the backend. */
function onMachine(sandbox: Sandbox, machine: Machine, backend: string) {
  const { crashes = {}, goneFrom = Infinity, looksLikeCard = false, withoutWasm = false } = machine;
  let runners = 0;
  const launch = (options: LaunchOptions): SandboxedProcess => {
    const isRunner = basename(options.command[0]) === 'runner.mjs';
    if (withoutWasm && isRunner && options.command[1] === 'wasm')
      return sandbox.launch({ ...options, command: [`${options.command[0]}.missing`] });
    const computes = isRunner && options.command[1] === backend;
    if (!computes) return sandbox.launch(options);
    runners++;
    const [script, ...rest] = options.command;
    // Vulkan's loader finds no driver under this name.
    const nowhere = [...rest.slice(0, 4), '/nowhere.json', ''];
    const command: LaunchOptions['command'] = runners > goneFrom ? [script, ...nowhere] : options.command;
    const launched = sandbox.launch({ ...options, command });
    const process = looksLikeCard ? likeCard(launched) : launched;
    const signal = crashes[runners - 1];
    return signal === undefined ? process : crashing(process, signal);
  };
  const { level, layers } = sandbox;
  const proxy: Sandbox = {
    ...{ level, layers, launch },
    proveIsolation: (secrets) => sandbox.proveIsolation(secrets),
    close: () => sandbox.close(),
  };
  return { sandbox: proxy, runners: () => runners - 1 };
}

interface Graded {
  readonly report: GradeReport;
  readonly troubles: readonly string[];
  /** Processes on the backend, but for the one that tried it. */
  readonly runners: number;
}

async function graded(
  folder: string,
  options: {
    machine?: Machine;
    backend?: string;
    parts?: readonly string[];
    limits?: Limits;
    timeFactor?: number;
  } = {},
): Promise<Graded> {
  const { machine = {}, backend = 'webgpu', parts = [PART], limits, timeFactor } = options;
  const troubles: string[] = [];
  const { sandbox, ...usual } = gradeOptions(folder);
  const { runners, ...on } = onMachine(sandbox!, machine, backend === 'auto' ? 'webgpu' : backend);
  const onTrouble = (message: string): void => void troubles.push(message);
  const report = await grade({
    ...usual,
    ...on,
    backend,
    parts,
    jobs: 1,
    onTrouble,
    ...(limits ? { limits } : {}),
    ...(timeFactor === undefined ? {} : { timeFactor }),
  });
  return { report, troubles, runners: runners() };
}

const told = ({ report }: Graded, kind: Incident['kind']): string[] =>
  report.incidents.filter((one) => one.kind === kind).map(({ what }) => what);
const outcomes = ({ report }: Graded): string[] => [
  ...new Set(report.parts.flatMap(({ checks }) => checks.map(({ outcome }) => outcome))),
];

const notices = ({ report }: Graded): string => report.notices.map(({ text }) => text).join('\n');

const isThere = installedBackends().includes('webgpu') && existsSync(SOFTWARE_DRIVER);

describe.runIf(isThere)('a call during which a driver crashed', { timeout: PATIENCE_MS }, () => {
  beforeAll(() => {
    process.env['VK_DRIVER_FILES'] ??= SOFTWARE_DRIVER;
  });

  it('is made once more', async () => {
    const one = await graded(submission(), { machine: { crashes: { 1: 'SIGSEGV' } } });
    expect(outcomes(one)).toEqual(['passed']);
    expect(told(one, 'second-try')).toEqual(['SIGSEGV']);
    expect(told(one, 'killed')).toEqual([]);
    expect(one).toMatchObject({ troubles: [], runners: 2 });
  });

  it('is judged where it ends that way again', async () => {
    const one = await graded(submission(), { machine: { crashes: { 1: 'SIGSEGV', 2: 'SIGBUS' } } });
    const lost = one.report.parts[0].checks.filter(({ outcome }) => outcome === 'failed');
    expect(lost.length).toBeGreaterThan(0);
    expect(lost[0].message.join()).toContain('crashed');
    expect(outcomes(one)).not.toContain('errored');
    expect(told(one, 'killed')).toEqual(['SIGBUS']);
    expect(one.troubles).toEqual([]);
  });

  it('is judged at once where a limit or an ordinary signal ended it', async () => {
    const one = await graded(submission(), { machine: { crashes: { 1: 'SIGSYS' } } });
    expect(told(one, 'second-try')).toEqual([]);
    expect(told(one, 'killed')).toEqual(['SIGSYS']);
  });

  it('is made so often for a part and no more, whatever its code does to itself', async () => {
    const one = await graded(
      submission("(globalThis as any).process.kill((globalThis as any).process.pid, 'SIGSEGV');"),
      {
        parts: [PART, OTHER],
      },
    );
    const calls = told(one, 'killed').length;
    expect(told(one, 'second-try').length).toBeLessThanOrEqual(3);
    const tries = one.report.incidents
      .filter(({ kind }) => kind === 'second-try')
      .reduce((sum, { count }) => sum + count, 0);
    expect(tries).toBe(3);
    expect(calls).toBeGreaterThan(0);
    expect(one.report.parts.map(({ earned, points }) => earned / points)).toEqual([0, 1]);
    expect(outcomes(one)).not.toContain('errored');
    expect(one.troubles).toEqual([]);
  });

  it('is judged at once on WASM, where nothing but the submission runs', async () => {
    const one = await graded(submission(), { backend: 'wasm', machine: { crashes: { 0: 'SIGSEGV' } } });
    expect(told(one, 'second-try')).toEqual([]);
    expect(told(one, 'killed')).toEqual(['SIGSEGV']);
  });
});

describe.runIf(isThere)(
  'a driver that reserves more memory than it touches',
  { timeout: PATIENCE_MS },
  () => {
    it('does not crash for want of it, however little the submission is given', async () => {
      const limits = { ...DEFAULT_LIMITS, dataBytes: 512 * MiB };
      const one = await graded(submission(), { parts: [OTHER], limits });
      expect(outcomes(one)).toEqual(['passed']);
      expect(one.report.incidents).toEqual([]);
    });
  },
);

describe.runIf(isThere)('any backend', { timeout: PATIENCE_MS }, () => {
  it('is none on a driver in software', async () => {
    const one = await graded(submission(), { backend: 'auto' });
    expect(one.report.environment.backend).toBe('wasm');
    expect(notices(one)).toContain('Computed on wasm, not on webgpu.');
    expect(one.report.environment.backendReasons).toEqual([
      'webgpu: its driver is in software, slower than WASM',
    ]);
    expect(outcomes(one)).toEqual(['passed']);
  });

  it('that is named and does not load ends the run in a sentence', async () => {
    await expect(graded(submission(), { machine: { goneFrom: 0 } })).rejects.toThrow(
      /^The backend webgpu cannot be used: Dawn finds no graphics device/,
    );
  });
});

describe.runIf(isThere)('a device that is lost', { timeout: PATIENCE_MS }, () => {
  it('by code that destroys it is no fault of ours: other processes get one', async () => {
    const one = await graded(submission('device.destroy();'));
    expect(new Set(told(one, 'second-try'))).toEqual(new Set(['the device was lost']));
    expect(outcomes(one)).not.toContain('errored');
    expect(one.report.parts[0].earned).toBeLessThan(one.report.parts[0].points);
    expect(one.troubles).toEqual([]);
  });

  it('to all processes is our fault, where the backend was named', async () => {
    const one = await graded(submission(), { machine: { crashes: { 1: 'SIGSEGV' }, goneFrom: 2 } });
    expect(outcomes(one)).toContain('errored');
    expect(one.report.score).toBe(0);
    expect(one.troubles.join()).toContain('The backend webgpu cannot be used: Dawn finds no graphics device');
  });

  it('is not one where it is given code that cannot start, which needs none', async () => {
    const machine = { withoutWasm: true, looksLikeCard: true };
    const parts = [WITH_GIVEN_CODE];
    const one = await graded(submission(), { backend: 'auto', machine, parts, timeFactor: 20 });
    expect(outcomes(one)).toContain('errored');
    expect(notices(one)).not.toContain('not on webgpu');
    expect(one.troubles.join()).toContain('does not start in the sandbox');
  });

  it('has the rest computed on the processor, where any backend would do', async () => {
    const machine = { crashes: { 1: 'SIGSEGV' }, goneFrom: 2, looksLikeCard: true };
    const one = await graded(submission(), { backend: 'auto', machine, parts: [PART, OTHER] });
    expect(outcomes(one)).toEqual(['passed']);
    expect(one.report.environment.backend).toBe('wasm');
    expect(notices(one)).toMatch(/ on computed on wasm, not on webgpu\.$/m);
    expect(notices(one)).not.toContain('Dawn');
    expect(one.report.environment.backendReasons?.join()).toContain('webgpu cannot be used: Dawn');
    expect(one.troubles).toEqual([]);
  });
});
