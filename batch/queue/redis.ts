import type * as BullMq from 'bullmq';
import type { Redis } from 'ioredis';
import { GraderError, UsageError } from '../../grader/format/errors.ts';
import { shownAddress } from './address.ts';

export type Bull = typeof BullMq;

/** A queue on Redis, and connections to it that end with it. */
export interface RedisRoom {
  readonly bull: Bull;
  /** For single commands. */
  readonly redis: Redis;
  /** Another connection with the same options, for what waits on one. */
  connect(): Redis;
  close(): void;
}

const PATIENCE_MS = 10_000;

async function optional(): Promise<{ bull: Bull; redis: typeof import('ioredis') }> {
  try {
    return { bull: await import('bullmq'), redis: await import('ioredis') };
  } catch (cause) {
    throw new GraderError(
      'a queue needs the packages bullmq and ioredis: npm install --no-save bullmq ioredis',
      {
        cause,
      },
    );
  }
}

/**
 * Connects to Redis by its address: `redis://` or `rediss://` with user, password, number of the database and options
 * of ioredis, as in `rediss://user:word@host:6380/2?family=6`.
 * @throws UsageError when the address is none, or nothing answers there
 * @throws GraderError when the packages are not installed
 */
export async function openRedis(address: string, onNote: (line: string) => void): Promise<RedisRoom> {
  if (!URL.canParse(address) || !/^rediss?:$/.test(new URL(address).protocol)) {
    throw new UsageError(`${shownAddress(address)} is no address of a Redis: write redis://host:6379`);
  }
  const { bull, redis: ioredis } = await optional();
  const open: Redis[] = [];
  let told = false;
  const connect = (): Redis => {
    // Without a bound: while Redis is away, everything waits for it.
    const one = new ioredis.Redis(address, { maxRetriesPerRequest: null });
    one.on('error', (error: Error) => {
      if (!told) onNote(`Redis at ${shownAddress(address)}: ${error.message || error.name}; waiting for it`);
      told = true;
    });
    one.on('ready', () => (told = false));
    open.push(one);
    return one;
  };
  const close = (): void => open.forEach((one) => one.disconnect());
  const redis = connect();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    await Promise.race([
      redis.ping(),
      new Promise((_, reject) => {
        patience.signal.addEventListener('abort', () => reject(new Error('no answer')));
      }),
    ]);
  } catch (cause) {
    close();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`Redis at ${shownAddress(address)} does not answer (${why})`, { cause });
  } finally {
    clearTimeout(timer);
  }
  return { bull, redis, connect, close };
}

/**
 * Asks a Redis once, before anything is written for a queue on it.
 * @throws UsageError when the address is none, or nothing answers there
 * @throws GraderError when the packages are not installed
 */
export async function tryRedis(address: string, onNote: (line: string) => void): Promise<void> {
  const room = await openRedis(address, onNote);
  room.close();
}
