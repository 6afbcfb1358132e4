import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { execa, type ResultPromise } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, Queue } from 'bullmq';
import type { WorkOnClass } from '../../batch/grade-all.ts';
import { gradeByQueue } from '../../batch/queue/grade-by-queue.ts';
import { queueOf, resultsKey, submissionKey, versionOf, type JobData } from '../../batch/queue/job.ts';
import { pack, RESULT_LIMITS } from '../../batch/queue/packed-files.ts';
import { leaveResults, putResults, takeResults } from '../../batch/queue/results-in-redis.ts';
import { openRedis, type RedisRoom } from '../../batch/queue/redis.ts';
import { serveQueue } from '../../batch/queue/serve-queue.ts';
import { BatchFolder } from '../../batch/store/batch-folder.ts';
import { gradingOf } from '../../batch/store/grading-key.ts';
import type { Ended } from '../../batch/workers/grade-submission.ts';
import { MiB } from '../../grader/format/units.ts';
import { EXAMPLE, ROOT, TEMPLATE } from '../../repository.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

const ENDED: Ended = {
  ...{ state: 'graded', score: 1, points: 2, errored: 0, attempts: 1, runs: 1, flaky: [] },
  ...{ seconds: 1, processorSeconds: 1, troubles: [], kept: false },
};

let home: string;
let server: ResultPromise;
let room: RedisRoom;
let address: string;

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

/** A class of these names, each with one file. */
function classOf(names: readonly string[], onEnded: WorkOnClass['onEnded']): WorkOnClass {
  const folder = new BatchFolder(mkdtempSync(join(home, 'out-')));
  const todo = names.map((id) => {
    const path = join(home, 'class', id);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'quiz.md'), id);
    return { submitted: { id, path, people: [] }, key: id };
  });
  const settings = {
    ...{ assignment: [join(ROOT, 'fixtures/public')], template: TEMPLATE, root: folder.root },
    ...{ backend: 'wasm', isolation: 'auto' as const, timeFactor: 1, deadlineSeconds: 60 },
    parts: ['concept-quiz'],
  };
  return { todo, folder, settings, runs: 1, again: false, onEnded, onNote: () => undefined };
}

/** Until somebody grades what is in a queue. */
async function untilActive(queue: Queue): Promise<void> {
  while ((await queue.getActiveCount()) === 0) await sleep(20);
}

/** Grades a class by a queue whose worker answers whatever it is told to. */
async function answered(
  answers: Readonly<Record<string, (version: string, job: string) => unknown>>,
  onNote: (line: string) => void = () => undefined,
): Promise<ReadonlyMap<string, Ended>> {
  const ended = new Map<string, Ended>();
  const onEnded: WorkOnClass['onEnded'] = ({ submitted }, one) => void ended.set(submitted.id, one);
  const work = { ...classOf(Object.keys(answers), onEnded), onNote };
  const version = versionOf(gradingOf(work.settings));
  const worker = new room.bull.Worker(
    queueOf(version),
    async (job) => (await answers[job.name]?.(version, job.id ?? '')) ?? null,
    { connection: room.connect() },
  );
  try {
    await gradeByQueue(address, { shared: false })(work);
  } finally {
    await worker.close();
  }
  return ended;
}

describe.runIf(hasRedis)('what workers answer', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'introspection-answers-'));
    const port = await freePort();
    server = execa('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', home], {
      reject: false,
    });
    address = `redis://127.0.0.1:${port}`;
    room = await openRedis(address, () => undefined);
  });
  afterAll(async () => {
    room.close();
    server.kill('SIGTERM');
    await server;
    rmSync(home, { recursive: true, force: true });
  });

  it('fails the submission that it is about where it makes no sense, and no other', async () => {
    const ended = await answered({
      ana: () => ENDED,
      ben: () => 'well done',
      cleo: async (version, job) => {
        await putResults(room.redis, resultsKey(version, job), Buffer.from('no archive'));
        return { ...ENDED, kept: true };
      },
      dan: async (version, job) => {
        const link = gzipSync(
          JSON.stringify({ name: 'dan', files: [['report.json', { link: '/etc/passwd' }]] }),
        );
        await putResults(room.redis, resultsKey(version, job), link);
        return { ...ENDED, kept: true };
      },
      eva: () => ENDED,
    });
    expect(ended.get('ana')).toEqual(ENDED);
    expect(ended.get('eva')).toEqual(ENDED);
    for (const name of ['ben', 'cleo', 'dan']) {
      expect(ended.get(name), name).toMatchObject({ state: 'failed', kept: false });
    }
    expect(ended.get('dan')?.troubles).toEqual(['report.json is a link']);
  });

  it('is found by the same batch of a container with another name, and by no other batch', () => {
    const [one, other] = ['one', 'other'].map((name) => {
      mkdirSync(join(home, name));
      return new BatchFolder(join(home, name));
    });
    expect(new BatchFolder(one.root).id).toBe(one.id);
    expect(one.id).toMatch(/^[\da-f-]{36}$/);
    expect(one.id).not.toBe(other.id);
  });

  it('is known not to come as long as no worker is there', async () => {
    const asked = new AbortController();
    const told: boolean[] = [];
    const onWaiting = (isWaiting: boolean): void => {
      told.push(isWaiting);
      asked.abort();
    };
    const work = { ...classOf(['zoe'], () => undefined), onWaiting, signal: asked.signal };
    await gradeByQueue(address, { shared: false })(work);
    expect(told).toEqual([true]);
    // It still waits there for a worker, as it should; not for those of the next tests.
    await room.redis.flushall();
  });

  it('does not stay in Redis', async () => {
    await answered({ ana: () => ENDED, ben: () => ENDED });
    for (const key of await room.redis.keys('*')) {
      const type = await room.redis.type(key);
      const text = type === 'hash' ? JSON.stringify(await room.redis.hgetall(key)) : key;
      expect(text, key).not.toMatch(/processorSeconds|submission:|results:/);
      if (type === 'stream') expect(await room.redis.xlen(key), key).toBe(0);
    }
  });

  it('comes through Redis in pieces, whole, where it is more than a submission may be', async () => {
    // A line of zeros would be packed to nothing.
    const page = randomBytes(13 * MiB);
    const ended = await answered({
      ana: async (version, job) => {
        const out = mkdtempSync(join(home, 'results-'));
        writeFileSync(join(out, 'report.html'), page);
        expect(() => pack(out)).toThrow('too much for the queue');
        return { ...ENDED, ...(await leaveResults(room.redis, resultsKey(version, job), out)) };
      },
    });
    expect(ended.get('ana')).toEqual({ ...ENDED, kept: true });
    const [path] = readdirSync(home).flatMap((name) => {
      const one = join(home, name, 'submissions', 'ana', 'report.html');
      return existsSync(one) ? [one] : [];
    });
    expect(readFileSync(path).equals(page)).toBe(true);
    expect(await room.redis.keys('*:results:*')).toEqual([]);
  });

  it('is taken out once, and refused where no worker leaves so much', async () => {
    const key = resultsKey('test', 'ivy');
    expect(await takeResults(room.redis, key)).toBeUndefined();
    await putResults(room.redis, key, Buffer.from('old'));
    await putResults(room.redis, key, Buffer.from('new'));
    expect(String(await takeResults(room.redis, key))).toBe('new');
    expect(await takeResults(room.redis, key)).toBeUndefined();
    const out = mkdtempSync(join(home, 'results-'));
    writeFileSync(join(out, 'report.html'), randomBytes(36 * MiB));
    expect(await leaveResults(room.redis, key, out)).toEqual({
      kept: false,
      tooLarge: '36 MiB are too much for the queue, which takes 32',
    });
    const piece = Buffer.alloc(RESULT_LIMITS.packed / 2);
    for (let i = 0; i < 3; i++) await room.redis.rpush(key, piece);
    await expect(takeResults(room.redis, key)).rejects.toThrow('larger than a worker leaves any');
    expect(await room.redis.keys('*:results:*')).toEqual([]);
  });

  it('is taken out by one where several come for it at once, and is nothing to the others', async () => {
    const key = resultsKey('test', 'jan');
    await putResults(room.redis, key, Buffer.from('one'));
    const taken = await Promise.all([takeResults(room.redis, key), takeResults(room.redis, key)]);
    expect(taken.map((bytes) => bytes && String(bytes))).toEqual(['one', undefined]);
  });

  it('is never in Redis without an end to its time, not even in pieces', async () => {
    const watching = await room.redis.duplicate().monitor();
    const seen: string[] = [];
    watching.on('monitor', (_, [command]: string[]) => void seen.push(command.toLowerCase()));
    await putResults(room.redis, resultsKey('test', 'kay'), randomBytes(5 * MiB));
    while (!seen.includes('rename')) await sleep(20);
    watching.disconnect();
    const piece = ['multi', 'rpush', 'expire', 'exec'];
    expect(seen.filter((command) => [...piece, 'rename'].includes(command))).toEqual([
      ...piece,
      ...piece,
      'rename',
    ]);
    await room.redis.del(resultsKey('test', 'kay'));
  });

  it('is made again on this machine where it is too large for the queue altogether, and staff are told why', async () => {
    const notes: string[] = [];
    const ended = await answered(
      {
        hal: () => ({ ...ENDED, kept: false, tooLarge: '40 MiB are too much for the queue, which takes 32' }),
      },
      (note) => notes.push(note),
    );
    expect(ended.get('hal')).toMatchObject({ state: 'graded', kept: true });
    expect(ended.get('hal')).not.toHaveProperty('tooLarge');
    expect(notes.join()).toContain(
      'hal: its results do not come back (40 MiB are too much for the queue, which takes 32): graded again on this machine',
    );
  });

  it('is nothing where one was stopped: the submission is back in the queue with its last attempt', async () => {
    const { settings } = classOf([], () => undefined);
    // A queue of its own, that nothing else takes from.
    const grading = { ...gradingOf(settings), grader: 'stopped' };
    const version = versionOf(grading);
    const queue = new room.bull.Queue(queueOf(version), { connection: room.connect() });
    const { backend, isolation, timeFactor, deadlineSeconds } = settings;
    const data: JobData = { settings: { backend, isolation, timeFactor, deadlineSeconds }, runs: 1 };
    await room.redis.set(submissionKey(version, 'fay'), pack(EXAMPLE));
    await queue.add('fay', data, { jobId: 'fay', attempts: 1 });
    const [drain, stop] = [new AbortController(), new AbortController()];
    const serving = serveQueue({
      ...{ address, places: [{}], assignment: settings.assignment, template: settings.template, grading },
      ...{ onNote: () => undefined, drain: drain.signal, stop: stop.signal },
    });
    await untilActive(queue);
    drain.abort();
    // Its process has begun.
    await sleep(500);
    stop.abort();
    await serving;
    expect(await queue.getJobState('fay')).toBe('waiting');
    expect(((await queue.getJob('fay')) as Job).attemptsMade).toBe(0);
    await queue.close();
  });

  it('is not waited for where a submission is too large for the queue: this machine grades it', async () => {
    const ended: [string, Ended][] = [];
    const work = classOf(['gus'], ({ submitted }, one) => void ended.push([submitted.id, one]));
    const { path } = work.todo[0].submitted;
    writeFileSync(join(path, 'talk.mp4'), randomBytes(11 * MiB));
    await gradeByQueue(address, { shared: false })(work);
    expect(ended).toEqual([['gus', expect.objectContaining({ state: 'graded', kept: true, troubles: [] })]]);
    expect(existsSync(work.folder.reportOf('gus'))).toBe(true);
  });
});
