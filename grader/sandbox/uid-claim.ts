import { randomInt } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { allPids, readProcess, uidsInUse } from './process-table.ts';

/**
 * User ids that graders alone use. Neither distributions (60000 and 60001-60513 are taken by some, 61184 and up by
 * systemd, 65534 is nobody) nor people get numbers from this range, and it exists inside containers, too.
 */
export const UID_RANGE = { first: 60_600, count: 500 } as const;

/** Only root can look into or write to it. The first that this container lets root write to; all graders of it agree. */
const CLAIMS = ['/run', '/dev/shm', '/tmp'].map((folder) => `${folder}/introspection-grader`);

/** A user id that is this run's alone, across all graders of the host, until it is released. */
export interface UidClaim {
  readonly uid: number;
  /** An earlier grader died while it held this id, so something of its child may be left. */
  readonly inherited: boolean;
  /** To be called once nothing of the id is left. */
  release(): void;
}

interface Claimant {
  readonly file: string;
  readonly uid: number;
  readonly pid: number;
  readonly startTicks: number;
  readonly boot: string;
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
}

function parseClaim(file: string): Claimant | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.([0-9a-f]{8})\.\d+$/.exec(file);
  if (!match) return undefined;
  return { file, uid: Number(match[1]), pid: Number(match[2]), startTicks: Number(match[3]), boot: match[4] };
}

function isAlive({ pid, startTicks, boot }: Claimant): boolean {
  return boot === bootId() && readProcess(pid)?.startTicks === startTicks;
}

function openClaims(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const status = lstatSync(directory);
  if (!status.isDirectory() || status.uid !== process.getuid?.()) {
    throw new GraderError(`${directory} is not a directory of ours; remove it`);
  }
  chmodSync(directory, 0o700);
}

/** Where the claims are: as root, a folder that accepts no file is mounted read-only or is not there. */
function claimsDirectory(): string {
  const writable = CLAIMS.find((path) => {
    try {
      accessSync(dirname(path), constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (writable === undefined) {
    throw new GraderError(
      `user ids of children are claimed in one of ${CLAIMS.join(', ')}, and none can be written to: mount one (docker run --tmpfs /run)`,
    );
  }
  return writable;
}

function claimants(directory: string): Claimant[] {
  return readdirSync(directory)
    .map(parseClaim)
    .filter((claim) => claim !== undefined);
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Takes away the claims of dead graders under whose ids nothing runs any more. */
function sweepDeadClaims(directory: string): void {
  const dead = claimants(directory).filter((claim) => !isAlive(claim));
  if (dead.length === 0) return;
  const inUse = uidsInUse();
  for (const claim of dead) if (!inUse.has(claim.uid)) remove(join(directory, claim.file));
}

let claimsMade = 0;

/**
 * Claims one id by a file whose name says who claims it, then looks whether another grader did the same: whoever
 * looks second sees the first, so two can never keep one id (both may step back, and go on to the next). Names are
 * never used twice, so the file of a dead grader can be removed without a race.
 */
function tryClaim(directory: string, uid: number): UidClaim | undefined {
  const others = (): Claimant[] => claimants(directory).filter((claim) => claim.uid === uid);
  if (others().some(isAlive)) return undefined;
  const self = readProcess(process.pid);
  const name = `${uid}.${process.pid}.${self?.startTicks ?? 0}.${bootId()}.${claimsMade++}`;
  const path = join(directory, name);
  closeSync(openSync(path, 'wx', 0o600));
  const rivals = others().filter((claim) => claim.file !== name);
  if (rivals.some(isAlive)) {
    remove(path);
    return undefined;
  }
  for (const dead of rivals) remove(join(directory, dead.file));
  return { uid, inherited: rivals.length > 0, release: () => remove(path) };
}

/** Ids under which something runs, seen cheaply; enough to keep clear of foreign use of the range. */
function idsInUse(): Set<number> {
  const ids = new Set<number>();
  for (const pid of allPids()) {
    try {
      ids.add(lstatSync(`/proc/${pid}`).uid);
    } catch {
      // It ended between the listing and the look.
    }
  }
  return ids;
}

/** Ids that the host has given to someone by name. */
function namedIds(): Set<number> {
  const lines = readFileSync('/etc/passwd', 'latin1').split('\n');
  return new Set(lines.map((line) => Number(line.split(':')[2])));
}

/**
 * A user id of the reserved range that nothing else on the host uses.
 * @param directory holds the claims of all graders of this host
 * @throws GraderError when none is free
 */
export function claimUid(directory = claimsDirectory()): UidClaim {
  openClaims(directory);
  sweepDeadClaims(directory);
  const taken = idsInUse();
  const named = namedIds();
  // Containers share the host's user ids without seeing each other's claims: a random start keeps them apart.
  const start = randomInt(UID_RANGE.count);
  for (let i = 0; i < UID_RANGE.count; i++) {
    const uid = UID_RANGE.first + ((start + i) % UID_RANGE.count);
    if (named.has(uid)) continue;
    const claim = taken.has(uid) ? claimLeftovers(directory, uid) : tryClaim(directory, uid);
    if (claim) return claim;
  }
  throw new GraderError(
    `all user ids from ${UID_RANGE.first} to ${UID_RANGE.first + UID_RANGE.count - 1} are in use`,
  );
}

/** The ids under which children of dead graders still run, claimed so that they can be ended. */
export function claimOrphans(directory = claimsDirectory()): UidClaim[] {
  if (!existsSync(directory)) return [];
  openClaims(directory);
  const dead = claimants(directory).filter((claim) => !isAlive(claim));
  if (dead.length === 0) return [];
  const inUse = idsInUse();
  const orphaned = new Set(dead.map(({ uid }) => uid).filter((uid) => inUse.has(uid)));
  return [...orphaned].flatMap((uid) => tryClaim(directory, uid) ?? []);
}

/** An id with processes is ours to take only when a dead grader left them. */
function claimLeftovers(directory: string, uid: number): UidClaim | undefined {
  return claimants(directory).some((claim) => claim.uid === uid) ? tryClaim(directory, uid) : undefined;
}
