import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Programs are run from here and their libraries read; all of it is the distribution's, nothing the course's. */
export const LIBRARIES = [
  '/lib',
  '/lib32',
  '/lib64',
  '/usr/lib',
  '/usr/lib32',
  '/usr/lib64',
  '/usr/local/lib',
  '/usr/share/perl',
  '/usr/share/perl5',
  // A Node.js that is installed apart from the system may bring its libraries along.
  `${dirname(dirname(process.execPath))}/lib`,
];

/** Small files that Node.js and the C library look at as they start. */
export const CONFIGURATION = [
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/localtime',
  '/etc/ssl/openssl.cnf',
  '/etc/pki/tls/openssl.cnf',
  '/usr/share/zoneinfo',
  '/dev/null',
  '/dev/urandom',
];

/** Facts about the machine: processors, memory, and the memory limit of the container. */
export const MACHINE_FACTS = [
  '/sys/devices/system/cpu',
  '/sys/fs/cgroup',
  '/sys/kernel/mm/transparent_hugepage',
];

/** What a process may see of `/proc`: itself and the machine, no other process. */
export const PROC = [
  '/proc/self',
  '/proc/cpuinfo',
  '/proc/meminfo',
  '/proc/stat',
  '/proc/loadavg',
  '/proc/version',
];

/** The cards of this machine, as `/dev/nvidia0`; none where nobody may look. */
function cards(): string[] {
  try {
    return readdirSync('/dev')
      .filter((name) => /^nvidia\d+$/.test(name))
      .map((name) => `/dev/${name}`);
  } catch {
    return [];
  }
}

/** Devices of graphics cards, for the native backends; not all are everywhere. */
export const graphicsDevices = (): string[] => [
  '/dev/nvidiactl',
  '/dev/nvidia-uvm',
  '/dev/nvidia-uvm-tools',
  ...cards(),
  '/dev/dri',
  '/proc/driver/nvidia',
];

/** Whether this machine shows a graphics device. */
export const hasGraphics = (): boolean => graphicsDevices().some((path) => existsSync(path));

/** The loaders that the kernel starts for a dynamic executable. */
export const LOADERS = [
  '/lib64/ld-linux-x86-64.so.2',
  '/lib/ld-linux-aarch64.so.1',
  '/lib/ld-musl-x86_64.so.1',
  '/lib/ld-musl-aarch64.so.1',
];

/** An executable by its usual places, or nothing. */
export function findProgram(name: string): string | undefined {
  return ['/usr/bin', '/bin', '/usr/local/bin', '/usr/sbin', '/sbin']
    .map((directory) => `${directory}/${name}`)
    .find((path) => existsSync(path));
}
