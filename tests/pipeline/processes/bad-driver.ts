import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';
import type { Incident } from '../../../grader/format/incident.ts';
import { grade } from '../../../grader/pipeline/grade.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import type {
  Ending,
  LaunchOptions,
  Limits,
  Sandbox,
  SandboxedProcess,
} from '../../../grader/sandbox/sandbox.ts';
import { installedBackends } from '../../../grader/tensorflow/index.ts';
import { gradeOptions, REFERENCE } from '../../corpus/graded.ts';
import { SOFTWARE_DRIVER } from '../../tensorflow/software-driver.ts';

export const PART = 'content-loss';
export const OTHER = 'tv-loss';
export const WITH_GIVEN_CODE = 'saliency-map';
const FILE = 'style-modules/content-loss.ts';
/** Starting and compiling shaders in software, on a busy machine. */
export const PATIENCE_MS = 240_000;

const places: string[] = [];
beforeAll(() => {
  process.env['VK_DRIVER_FILES'] ??= SOFTWARE_DRIVER;
});
afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

/** The reference, or with another body of the content loss. */
export function submission(body?: string): string {
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

export async function graded(
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

export const told = ({ report }: Graded, kind: Incident['kind']): string[] =>
  report.incidents.filter((one) => one.kind === kind).map(({ what }) => what);
export const outcomes = ({ report }: Graded): string[] => [
  ...new Set(report.parts.flatMap(({ checks }) => checks.map(({ outcome }) => outcome))),
];

export const notices = ({ report }: Graded): string => report.notices.map(({ text }) => text).join('\n');

export const isThere = installedBackends().includes('webgpu') && existsSync(SOFTWARE_DRIVER);
