import { dirname } from 'node:path';
import type { Addon } from './addon.ts';
import { CONFIGURATION, graphicsDevices, LIBRARIES, MACHINE_FACTS } from './system-files.ts';

export interface BubblewrapOptions {
  /** Absolute path of bubblewrap. */
  readonly program: string;
  /** Directories that are there inside, read-only. */
  readonly readable: readonly string[];
  /** Single files that are there inside, read-only. */
  readonly files: readonly string[];
  readonly cwd: string;
  readonly addon?: Addon | undefined;
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path || parent === '/' ? [] : [...ancestors(parent), parent];
}

const isWithin = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(`${directory}/`);

/**
 * The command line that starts a program in namespaces of its own: a file tree of only what it may read, its own
 * process table, no network, no shared memory with others. The program's command line is to be appended.
 */
export function bubblewrapCommand(options: BubblewrapOptions): string[] {
  const devices = ['/dev/null', '/dev/zero', '/dev/urandom', ...(options.addon ? graphicsDevices() : [])];
  const directories = [
    ...LIBRARIES,
    ...MACHINE_FACTS,
    ...options.readable,
    ...(options.addon?.libraries ?? []),
  ];
  const wholes = directories.filter(
    (path) => !directories.some((other) => other !== path && isWithin(path, other)) && path !== '/',
  );
  const configuration = CONFIGURATION.filter((path) => !path.startsWith('/dev/'));
  const singles = [...configuration, ...options.files].filter(
    (path) => !wholes.some((directory) => isWithin(path, directory)),
  );
  // Made by hand: those that bubblewrap makes on its own only root could enter.
  const parents = new Set([...wholes, ...singles, ...devices].flatMap(ancestors));
  const outside = [...parents].filter((path) => !wholes.some((directory) => isWithin(path, directory)));
  return [
    options.program,
    '--unshare-pid',
    '--unshare-net',
    '--unshare-ipc',
    '--unshare-uts',
    '--die-with-parent',
    ...outside.flatMap((path) => ['--perms', '0755', '--dir', path]),
    ...[...new Set(wholes), ...new Set(singles)].flatMap((path) => ['--ro-bind-try', path, path]),
    ...devices.flatMap((path) => ['--dev-bind-try', path, path]),
    '--proc',
    '/proc',
    '--chdir',
    options.cwd,
    '--',
  ];
}
