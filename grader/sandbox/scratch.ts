import { accessSync, constants, lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { whenProcessEnds } from './process-end.ts';
import { readProcess } from './process-table.ts';

/** A directory of this process's own that goes when this process ends, at the latest. */
export interface Scratch {
  readonly path: string;
  remove(): void;
}

/** `introspection-PURPOSE-PID.START.NAMESPACE-RANDOM`: the name says whose it is, from its first moment. */
const NAME = /^introspection-[a-z]{1,20}-((\d{1,10})\.[0-9a-z]{1,12}\.([0-9a-z]{1,12}))-[A-Za-z0-9]{6}$/;
/** Where the kernel tells nothing more of a process than its number. */
const UNKNOWN = '0';
const OTHER_FOLDERS = process.platform === 'linux' ? ['/var/tmp', '/dev/shm'] : [];

/**
 * The system's temporary directory, or where a container has it read-only or not at all, another that is cleared like
 * it.
 * @throws GraderError when none can be written to
 */
export function scratchFolder(): string {
  const refusals: string[] = [];
  for (const folder of new Set([tmpdir(), ...OTHER_FOLDERS])) {
    try {
      accessSync(folder, constants.W_OK | constants.X_OK);
      return folder;
    } catch (error) {
      refusals.push(`${folder} (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  throw new GraderError(
    `there is no folder to work in: none of ${refusals.join(', ')} can be written to. Set TMPDIR to one that can, or mount one (docker run --tmpfs /tmp)`,
  );
}

/** Where this process has its scratch directories, and what the names of all of them hold. */
export function scratchOfThisProcess(): { readonly folder: string; readonly mark: string } {
  return {
    folder: scratchFolder(),
    mark: `-${ownerTag(process.pid) ?? `${process.pid}.${UNKNOWN}.${UNKNOWN}`}-`,
  };
}

/** @param purpose in lower-case letters */
export function makeScratch(purpose: string): Scratch {
  const { folder, mark } = scratchOfThisProcess();
  const path = mkdtempSync(join(folder, `introspection-${purpose}${mark}`));
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  const keep = whenProcessEnds(() => tryTo(remove));
  return {
    path,
    remove: () => {
      remove();
      keep();
    },
  };
}

/**
 * Removes what graders that were killed have left in the temporary directory. Those that live keep theirs, as do other
 * users, and graders of other containers, of which nobody here can say whether they live. Never throws: what cannot be
 * removed now may be at the next start.
 */
export function sweepScratch(): void {
  const own = ownerTag(process.pid);
  if (own === undefined) return;
  const [, , namespace] = own.split('.');
  const folder = tryTo(scratchFolder);
  if (folder === undefined) return;
  for (const name of tryTo(() => readdirSync(folder)) ?? []) {
    const [, tag, pid, where] = NAME.exec(name) ?? [];
    if (tag === undefined || where !== namespace || ownerTag(Number(pid)) === tag) continue;
    tryTo(() => removeOwn(join(folder, name)));
  }
}

function removeOwn(path: string): void {
  const status = lstatSync(path);
  const ours = process.getuid === undefined || status.uid === process.getuid();
  if (status.isDirectory() && ours) rmSync(path, { recursive: true, force: true });
}

/** Tells a living process from all others, earlier and later ones of its number included; undefined for a dead one. */
function ownerTag(pid: number): string | undefined {
  if (process.platform !== 'linux') return exists(pid) ? `${pid}.${UNKNOWN}.${UNKNOWN}` : undefined;
  const entry = readProcess(pid);
  const namespace = tryTo(() => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]);
  if (!entry || entry.state === 'Z' || namespace === undefined) return undefined;
  return `${pid}.${entry.startTicks.toString(36)}.${Number(namespace).toString(36)}`;
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** For what may fail because another process does the same, or for lack of rights, and can wait. */
function tryTo<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}
