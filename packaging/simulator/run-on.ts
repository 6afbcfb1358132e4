import { execa } from 'execa';
import { MiB } from '../../grader/format/units.ts';
import { endTree } from './end-tree.ts';
import type { Limiter } from './limits/limiter.ts';
import type { Machine } from './machine.ts';

export interface RunOnOptions {
  readonly machine: Machine;
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly limiter?: Limiter;
  readonly seconds: number;
  readonly onOutput?: (text: string) => void;
  /** Ends the run, as a machine that fails would. */
  readonly signal?: AbortSignal;
}

export interface Ran {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  readonly seconds: number;
  /** Standard output and error in the order in which they came. */
  readonly output: string;
}

/** Settings of the host that a program needs to reach registries; nothing else of the host's environment. */
const PASSED_ON =
  /^(?:https?_proxy|no_proxy|npm_config_registry|node_extra_ca_certs|ssl_cert_(?:file|dir))$/i;
const MAX_OUTPUT = 20 * MiB;
/** Time for what was written last to arrive. */
const LAST_OUTPUT_MS = 50;

/**
 * Runs a shell script on a machine to its end, or until its time is up: then all that came of it is ended.
 * @throws Error when it cannot be started
 */
export async function runOn(options: RunOnOptions): Promise<Ran> {
  const { machine, script, limiter, seconds, onOutput, signal } = options;
  const [file, ...args] = machine.command(script, limiter);
  const begin = performance.now();
  const child = execa(file, args, {
    stdin: 'ignore',
    buffer: false,
    reject: false,
    detached: true,
    extendEnv: false,
    env: { ...environmentOf(machine), ...options.env },
  });
  if (child.pid !== undefined) limiter?.watch(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      if (output.length < MAX_OUTPUT) output += text;
      onOutput?.(text);
    });
  }
  const end = (): void => {
    if (child.pid !== undefined) endTree(child.pid);
  };
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, seconds * 1000);
  signal?.addEventListener('abort', end, { once: true });
  // Whatever still holds the pipes is gone with the container; in a folder it is not waited for.
  child.once('exit', () => {
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, LAST_OUTPUT_MS);
  });
  const { exitCode, originalMessage } = await child;
  clearTimeout(timer);
  signal?.removeEventListener('abort', end);
  if (child.pid === undefined) throw new Error(`${file} cannot be started: ${originalMessage}`);
  return { exitCode, timedOut, seconds: (performance.now() - begin) / 1000, output };
}

function environmentOf(machine: Machine): Record<string, string | undefined> {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: machine.kind === 'container' ? '/root' : machine.root,
    LANG: 'C.UTF-8',
    ...Object.fromEntries(passed),
  };
}
