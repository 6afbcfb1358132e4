import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endTree } from './end-tree.ts';
import type { Limiter } from './limits/limiter.ts';
import { MiB } from '../../grader/format/units.ts';

const ENTER = join(import.meta.dirname, 'enter-container.sh');

/** Where Gradescope's folders lie, and a way to run programs beside them. */
export interface Machine {
  /** `container`: a file tree, processes and capabilities of its own; `folder`: this machine, with other paths. */
  readonly kind: 'container' | 'folder';
  /** The `/autograder` of the machine, as seen from here. */
  readonly root: string;
  /** The same, as programs on the machine see it. */
  readonly rootInside: string;
  /** Makes a folder of ours visible inside, and returns its path there. */
  readonly show: (folder: string) => string;
  /** The command line that runs a shell script on the machine. */
  command(script: string, limiter?: Limiter): readonly [string, ...string[]];
}

export interface Ran {
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

/** Programs of the host that no image of Gradescope has, or that work in none. */
const ABSENT = [
  'bin/node',
  'bin/nodejs',
  'bin/npm',
  'bin/npx',
  'bin/bwrap',
  'local/bin/node',
  'local/bin/npm',
];

/** Whether containers can be made here: by root, where the kernel stacks file trees. */
export function canContain(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const overlay = readFileSync('/proc/filesystems', 'latin1').includes('\toverlay');
  const tools = ['unshare', 'setpriv', 'chroot'].every(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0,
  );
  const unshare = spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']);
  return overlay && tools && unshare.status === 0;
}

/**
 * A container out of layers of the host's own system.
 * @param options.lower layers of an image that was built before; without it an image is being built
 * @param options.upper takes what is written; a fresh folder
 */
export function openContainer(options: { lower?: string; upper: string }): Machine {
  const { lower, upper } = options;
  const tree = join(upper, 'tree');
  mkdirSync(tree, { recursive: true });
  if (!lower) {
    for (const path of ABSENT.filter((one) => existsSync(join('/usr', one)))) hide(join(upper, 'usr', path));
  }
  const top = join(upper, 'top');
  mkdirSync(join(top, 'autograder'), { recursive: true });
  return {
    kind: 'container',
    root: join(top, 'autograder'),
    rootInside: '/autograder',
    show: (folder) => {
      const place = join('opt', 'shown');
      rmSync(join(top, place), { recursive: true, force: true });
      spawnSync('cp', ['-a', '--', folder, prepared(join(top, place))]);
      return `/${place}`;
    },
    command: (script, limiter) => [
      'unshare',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child=KILL',
      'bash',
      '-c',
      `${limiter?.join ?? ':'} && exec "$@"`,
      'bash',
      'bash',
      ENTER,
      tree,
      lower ?? '-',
      upper,
      ...(limiter?.visible ?? []),
      '--',
      'bash',
      '-c',
      `cd /autograder && ${script}`,
    ],
  };
}

function prepared(path: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  return path;
}

/** In a layer, a device 0:0 says that a file below is not there. */
function hide(path: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  spawnSync('mknod', [path, 'c', '0', '0']);
}

/** Without containers: the same folders at another place, of which the package is told. */
export function openFolder(directory: string): Machine {
  const root = join(directory, 'autograder');
  mkdirSync(root, { recursive: true });
  return {
    kind: 'folder',
    root,
    rootInside: root,
    show: (folder) => folder,
    command: (script, limiter) => [
      'bash',
      '-c',
      `${limiter?.join ?? ':'} && export AUTOGRADER_ROOT='${root}' && cd '${root}' && ${script}`,
    ],
  };
}

/** Runs a shell script on a machine to its end, or until its time is up. */
export async function runOn(options: {
  readonly machine: Machine;
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly limiter?: Limiter;
  readonly seconds: number;
  readonly onOutput?: (text: string) => void;
  /** Ends the run, as a machine that fails would. */
  readonly signal?: AbortSignal;
}): Promise<Ran> {
  const { machine, script, env = {}, limiter, seconds, onOutput, signal } = options;
  const [file, ...args] = machine.command(script, limiter);
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  const begin = performance.now();
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: machine.kind === 'container' ? '/root' : machine.root,
      LANG: 'C.UTF-8',
      ...Object.fromEntries(passed),
      ...env,
    },
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
  let timedOut = false;
  const end = (): void => {
    if (child.pid !== undefined) endTree(child.pid);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, seconds * 1000);
  signal?.addEventListener('abort', end, { once: true });
  const exitCode = await new Promise<number | undefined>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? undefined));
  });
  clearTimeout(timer);
  signal?.removeEventListener('abort', end);
  // Whatever still holds the pipes is gone with the container; in a folder it is not waited for.
  await new Promise((resolve) => setTimeout(resolve, 50));
  child.stdout.destroy();
  child.stderr.destroy();
  return { exitCode, timedOut, seconds: (performance.now() - begin) / 1000, output };
}
