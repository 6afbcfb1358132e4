import { spawnSync } from 'node:child_process';
import { bubblewrapCommand } from './bubblewrap.ts';
import { filterFor } from './filter/program.ts';
import { compiledLauncher, perlLauncher } from './native-launcher.ts';
import type { IsolationLevel } from './isolation.ts';
import { processesAreFew } from './process-allowance.ts';
import { findProgram } from './system-files.ts';
import { UID_RANGE } from './uid-claim.ts';

/** What restricts a child before its program starts. */
export interface Launcher {
  readonly kind: 'compiled' | 'perl';
  readonly command: readonly string[];
}

/** Parts of the isolation that a host may offer. */
export interface Layers {
  /** A user id for each child; only root can give one. */
  readonly ownUid: boolean;
  readonly launcher?: Launcher;
  /** System calls are filtered. */
  readonly filter: boolean;
  /** Version of the kernel's Landlock interface; 0 where there is none. */
  readonly landlock: number;
  /** Absolute path of bubblewrap where it works: own file tree, processes, network. */
  readonly bubblewrap?: string;
  /** Node.js is told to restrict itself; a seat belt, by its documentation. */
  readonly permissionFlags: boolean;
  /** The container may have so few processes and threads that children have to make do with few. */
  readonly fewProcesses?: boolean;
  /** util-linux's programs by name, used where there is no launcher. */
  readonly utilLinux?: { readonly prlimit: string; readonly setpriv: string; readonly unshare?: string };
}

/** A means that can be left unused, so that weaker hosts can be tried out on a stronger one. */
export type Means =
  'permission-flags' | 'bubblewrap' | 'compiler' | 'perl' | 'filter' | 'landlock' | 'util-linux';

export const NO_LAYERS: Layers = { ownUid: false, filter: false, landlock: 0, permissionFlags: true };

export function levelOf(layers: Layers): IsolationLevel {
  if (layers.bubblewrap) return 'namespaces';
  if (layers.filter) return layers.ownUid ? 'own-uid-filtered' : 'filtered';
  return layers.ownUid ? 'own-uid' : 'process';
}

/** Runs a command that does nothing; whether it worked. */
function works(command: readonly string[]): boolean {
  const [file, ...args] = command;
  return spawnSync(file, args, { stdio: 'ignore', env: {}, timeout: 10_000 }).status === 0;
}

function landlockVersion({ command: [file, ...args] }: Launcher): number {
  const { stdout } = spawnSync(file, [...args, 'landlock-version'], {
    encoding: 'utf8',
    env: {},
    timeout: 10_000,
  });
  return Number(stdout) || 0;
}

/** The first that starts here: a compiled one may lie where nothing can be executed. */
function findLauncher(without: ReadonlySet<Means>, nothing: string): Launcher | undefined {
  const compiled = without.has('compiler') ? undefined : compiledLauncher();
  const perl = without.has('perl') ? undefined : perlLauncher();
  const found: Launcher[] = [
    ...(compiled ? [{ kind: 'compiled' as const, command: compiled }] : []),
    ...(perl ? [{ kind: 'perl' as const, command: perl }] : []),
  ];
  return found.find(({ command }) => works([...command, '--', nothing]));
}

/**
 * What this host offers, found by trying each layer on a program that does nothing.
 * @param without means that are not to be used
 */
export function probeLayers(without: ReadonlySet<Means> = new Set()): Layers {
  if (process.platform !== 'linux') return NO_LAYERS;
  const nothing = findProgram('true') ?? process.execPath;
  const root = process.getuid?.() === 0;
  const launcher = findLauncher(without, nothing);
  const uid = root ? ['uid', String(UID_RANGE.first + UID_RANGE.count - 1)] : [];
  const starts = (...steps: string[]): boolean =>
    launcher !== undefined && works([...launcher.command, ...steps, '--', nothing]);
  const filter = !without.has('filter') && starts('filter', filterFor());
  const utilLinux = launcher ? undefined : findUtilLinux(without);
  const bwrap = without.has('bubblewrap') ? undefined : findProgram('bwrap');
  const bubblewrap =
    bwrap &&
    works([...bubblewrapCommand({ program: bwrap, readable: [], files: [nothing], cwd: '/' }), nothing]);
  return {
    ownUid: root && (starts(...uid) || utilLinux !== undefined),
    ...(launcher ? { launcher } : {}),
    filter,
    landlock: launcher && !without.has('landlock') ? landlockVersion(launcher) : 0,
    permissionFlags: !without.has('permission-flags'),
    ...(processesAreFew() ? { fewProcesses: true } : {}),
    ...(bubblewrap ? { bubblewrap: bwrap } : {}),
    ...(utilLinux ? { utilLinux } : {}),
  };
}

function findUtilLinux(without: ReadonlySet<Means>): Layers['utilLinux'] {
  const [prlimit, setpriv, unshare] = ['prlimit', 'setpriv', 'unshare'].map(findProgram);
  if (without.has('util-linux') || !prlimit || !setpriv) return undefined;
  const network =
    unshare !== undefined && works([unshare, '--net', '--', prlimit, '--core=0', prlimit, '--version']);
  return { prlimit, setpriv, ...(network ? { unshare } : {}) };
}
