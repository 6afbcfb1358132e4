import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Layers } from './layers.ts';

/** Directories that everyone may write to. */
const SHARED = ['/tmp', '/var/tmp', '/dev/shm', '/dev/mqueue', '/run/lock'];
/** How deep others' world-writable directories are looked into. */
const DEPTH = 3;
const WORLD_WRITABLE = 0o002;

function ownedBelow(directory: string, uid: number, depth: number): string[] {
  return entries(directory).flatMap((name) => {
    const path = join(directory, name);
    const status = lookAt(path);
    if (!status) return [];
    if (status.uid === uid) return [path];
    const enter = depth > 1 && status.isDirectory() && (status.mode & WORLD_WRITABLE) !== 0;
    return enter ? ownedBelow(path, uid, depth - 1) : [];
  });
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** Files and directories of a user id in the places that everyone may write to. */
export function leftoverFiles(uid: number): string[] {
  return SHARED.flatMap((directory) => ownedBelow(directory, uid, DEPTH));
}

/**
 * Removes what a user id has left in the places that everyone may write to. This is done by a process of that very
 * id: as root, a path that a stranger made could lead anywhere.
 */
export async function removeLeftovers(uid: number, layers: Layers): Promise<void> {
  const paths = leftoverFiles(uid);
  if (paths.length === 0) return;
  const { launcher, utilLinux } = layers;
  const become = launcher
    ? [...launcher.command, 'uid', String(uid), '--']
    : [utilLinux?.setpriv ?? 'setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--'];
  const [file, ...args] = [...become, '/bin/rm', '-rf', '--', ...paths];
  await once(spawn(file, args, { stdio: 'ignore', env: {} }), 'exit');
}
