import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { GraderError } from '../../grader/format/errors.ts';
import { MiB } from '../../grader/format/units.ts';
import { KEPT_SECONDS, type Answered } from './job.ts';
import { pack, RESULT_LIMITS, TooLargeToPack } from './packed-files.ts';

/** Redis serves one command at a time, and nobody else while it copies this. */
const CHUNK_BYTES = 4 * MiB;
/** So Redis says it. */
const NO_SUCH_KEY = 'no such key';

/** Leaves packed results under a key, whole or not at all: several workers may come to those of one submission. */
export async function putResults(redis: Redis, key: string, bytes: Buffer): Promise<void> {
  const own = `${key}:${randomUUID()}`;
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    // At once, so that none is kept for good where this process ends between the two.
    const piece = bytes.subarray(at, at + CHUNK_BYTES);
    const answers = await redis.multi().rpush(own, piece).expire(own, KEPT_SECONDS).exec();
    for (const [error] of answers ?? []) if (error) throw error;
  }
  await redis.rename(own, key);
}

/**
 * Leaves a folder of results under a key.
 * @returns what to answer: that they are there, or why they are not, so that whoever asked for them has to make them
 */
export async function leaveResults(
  redis: Redis,
  key: string,
  folder: string,
): Promise<Pick<Answered, 'kept' | 'tooLarge'>> {
  try {
    await putResults(redis, key, pack(folder, { skip: [], limits: RESULT_LIMITS }));
    return { kept: true };
  } catch (error) {
    if (error instanceof TooLargeToPack) return { kept: false, tooLarge: error.reason };
    throw error;
  }
}

/**
 * Takes packed results out of Redis; undefined where there are none.
 * @throws GraderError when they are larger than a worker leaves any
 */
export async function takeResults(redis: Redis, key: string): Promise<Buffer | undefined> {
  // A worker that was given up may come with its own while these are read.
  const own = `${key}:${randomUUID()}`;
  try {
    await redis.rename(key, own);
  } catch (error) {
    // They were never there, or their time is up, or somebody else has them.
    if (error instanceof Error && error.message.includes(NO_SUCH_KEY)) return undefined;
    throw error;
  }
  try {
    const chunks: Buffer[] = [];
    let left = RESULT_LIMITS.packed + CHUNK_BYTES;
    for (;;) {
      const chunk = await redis.lpopBuffer(own);
      if (!chunk) return Buffer.concat(chunks);
      chunks.push(chunk);
      left -= chunk.length;
      if (left < 0) throw new GraderError('the results in the queue are larger than a worker leaves any');
    }
  } finally {
    await redis.del(own);
  }
}
