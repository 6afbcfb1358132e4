import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { GraderError } from '../data/errors.ts';

/** User ids that this program alone uses; none of them may own anything else on the host. */
const FIRST = 61_200;
const COUNT = 400;

const claimed = new Set<number>();

function uidsInUse(): Set<number> {
  const uids = new Set<number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      uids.add(statSync(`/proc/${entry}`).uid);
    } catch {
      // The process ended between the listing and the look.
    }
  }
  return uids;
}

/** A user id of the reserved range under which no process runs. @throws GraderError when none is free. */
export function claimUid(): number {
  const taken = uidsInUse();
  const start = process.pid % COUNT;
  for (let i = 0; i < COUNT; i++) {
    const uid = FIRST + ((start + i) % COUNT);
    if (!claimed.has(uid) && !taken.has(uid)) {
      claimed.add(uid);
      return uid;
    }
  }
  throw new GraderError(`all user ids from ${FIRST} to ${FIRST + COUNT - 1} are in use`);
}

export function releaseUid(uid: number): void {
  claimed.delete(uid);
}

/** Ends every process of this user id, which the caller owns alone. */
export async function reapUid(uid: number): Promise<void> {
  while (uidsInUse().has(uid)) {
    const killer = spawn('/usr/bin/setpriv', [`--reuid=${uid}`, '--clear-groups', '--', '/bin/kill', '-9', '-1'], {
      stdio: 'ignore',
      env: {},
    });
    await once(killer, 'exit');
  }
}
