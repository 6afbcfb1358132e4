import type { Redis } from 'ioredis';
import { counted } from '../../grader/format/counted.ts';
import { ALL_WORKERS, workerSchema } from './job.ts';

/** Whether anybody is there who could grade with this grader and assignment; says so when nobody is. */
export async function lookForWorkers(
  redis: Redis,
  version: string,
  onNote: (line: string) => void,
): Promise<boolean> {
  const keys: string[] = [];
  for (let cursor = '0'; ;) {
    const [next, found] = await redis.scan(cursor, 'MATCH', ALL_WORKERS, 'COUNT', 1000);
    keys.push(...found);
    if (next === '0') break;
    cursor = next;
  }
  const texts = keys.length > 0 ? await redis.mget(keys) : [];
  const workers = texts.flatMap((text) => (text === null ? [] : [workerSchema.parse(JSON.parse(text))]));
  if (workers.some((one) => one.version === version)) return true;
  if (workers.length === 0) {
    onNote('no worker is connected: start some with npm run worker -- --queue ADDRESS');
    return false;
  }
  const others = workers.map((one) => `${one.host} has ${one.version}`).slice(0, 5);
  onNote(
    `${counted(workers.length, 'worker')} connected, none with this grader and assignment, version ${version}: ${others.join(', ')}`,
  );
  return false;
}
