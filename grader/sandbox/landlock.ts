import type { Addon } from './addon.ts';
import { CONFIGURATION, graphicsDevices, LIBRARIES, LOADERS, MACHINE_FACTS, PROC } from './system-files.ts';

// Rights of `linux/landlock.h`.
const EXECUTE = 1 << 0;
const WRITE_FILE = 1 << 1;
const READ_FILE = 1 << 2;
const READ_DIRECTORY = 1 << 3;
const TRUNCATE = 1 << 14;
const IOCTL_DEVICE = 1 << 15;
const READ = READ_FILE | READ_DIRECTORY;

/** How many rights on files each version of the interface knows, by version from 1. */
const FILE_RIGHTS_BY_VERSION = [13, 14, 15, 15, 16];
const BIND_AND_CONNECT_TCP = 0b11;
const ABSTRACT_SOCKETS_AND_SIGNALS = 0b11;

/** CUDA gives its threads names by files, and gives up where it cannot. What lies here is of the process itself. */
const OWN_THREADS = '/proc/self/task';

export interface LandlockOptions {
  /** Version of the kernel's interface, from 1. */
  readonly version: number;
  readonly program: string;
  readonly readable: readonly string[];
  readonly addon?: Addon | undefined;
}

/**
 * Steps for the launcher that leave the process nothing but its program, the system's libraries and the given
 * directories to read, nothing to write, no TCP, and no signal to a process outside.
 */
export function landlockSteps({ version, program, readable, addon }: LandlockOptions): string[] {
  const known = FILE_RIGHTS_BY_VERSION[Math.min(version, FILE_RIGHTS_BY_VERSION.length) - 1];
  const handled = 2 ** known - 1;
  const network = version >= 4 ? BIND_AND_CONNECT_TCP : 0;
  const scope = version >= 6 ? ABSTRACT_SOCKETS_AND_SIGNALS : 0;
  const allow = (rights: number, paths: readonly string[]): string[] =>
    paths.flatMap((path) => ['allow', String(rights & handled), path]);
  return [
    'landlock',
    String(handled),
    String(network),
    String(scope),
    ...allow(EXECUTE | READ, [program, ...LOADERS]),
    ...allow(READ, [...LIBRARIES, ...CONFIGURATION, ...MACHINE_FACTS, ...PROC, ...readable]),
    ...(addon ? allow(READ, addon.libraries) : []),
    ...(addon ? allow(READ | WRITE_FILE | IOCTL_DEVICE, graphicsDevices()) : []),
    ...(addon?.kind === 'cuda' ? allow(READ | WRITE_FILE | TRUNCATE, [OWN_THREADS]) : []),
  ];
}
