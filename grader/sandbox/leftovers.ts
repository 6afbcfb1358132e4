import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
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

/** Tables of System V objects, which outlive their makers, with `ipcrm`'s option for each kind. */
const OBJECT_TABLES = { shm: '-m', sem: '-s', msg: '-q' };

/** Shared memory, semaphores and message queues of a user id, as arguments of `ipcrm`. */
function leftoverObjects(uid: number): string[] {
  return Object.entries(OBJECT_TABLES).flatMap(([table, option]) => {
    const [head = '', ...rows] = readTable(`/proc/sysvipc/${table}`);
    const columns = head.trim().split(/\s+/);
    const [id, owner] = [columns.findIndex((name) => name.endsWith('id')), columns.indexOf('uid')];
    const fields = rows.map((row) => row.trim().split(/\s+/));
    return fields.flatMap((row) => (Number(row[owner]) === uid ? [option, row[id]] : []));
  });
}

function readTable(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').trimEnd().split('\n');
  } catch {
    // A kernel without them.
    return [];
  }
}

/**
 * Removes what a user id has left in the places that everyone may write to, and in the kernel. This is done by a
 * process of that very id: as root, a path made by untrusted code could lead anywhere.
 */
export async function removeLeftovers(uid: number, layers: Layers): Promise<void> {
  const { launcher, utilLinux } = layers;
  const become = launcher
    ? [...launcher.command, 'uid', String(uid), '--']
    : [utilLinux?.setpriv ?? 'setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--'];
  const run = async (...command: string[]): Promise<void> => {
    const [file, ...args] = [...become, ...command];
    await once(spawn(file, args, { stdio: 'ignore', env: {} }), 'exit');
  };
  const files = leftoverFiles(uid);
  const objects = leftoverObjects(uid);
  if (files.length > 0) await run('/bin/rm', '-rf', '--', ...files);
  if (objects.length > 0) await run('/usr/bin/ipcrm', ...objects);
}
