import type { Job, Queue } from 'bullmq';
import pLimit from 'p-limit';
import { sha256 } from '../../grader/format/sha256.ts';
import type { GradeAll, Todo, WorkOnClass } from '../grade-all.ts';
import { gradingOf } from '../store/grading-key.ts';
import { gradeSubmission, type Ended } from '../workers/grade-submission.ts';
import { Worker } from '../workers/worker.ts';
import {
  endedSchema,
  KEPT_SECONDS,
  queueOf,
  resultsKey,
  submissionKey,
  versionOf,
  type JobData,
} from './job.ts';
import { pack, RESULT_LIMITS, TooLargeToPack, unpack } from './packed-files.ts';
import { openRedis, type RedisRoom } from './redis.ts';
import { takeResults } from './results-in-redis.ts';
import { JobEnds } from './wait-for-jobs.ts';
import { lookForWorkers } from './workers-there.ts';

/** So many submissions lie in Redis at a time, whatever the size of the class. */
const WINDOW = 200;
/** A submission that fails through us is tried so often, by whoever takes it. */
const ATTEMPTS = 3;
const BACKOFF_MS = 5000;
const LOOK_FOR_WORKERS_MS = 30_000;

interface Line {
  readonly room: RedisRoom;
  readonly queue: Queue;
  readonly ends: JobEnds;
  readonly version: string;
  readonly work: WorkOnClass;
  /** Submissions and results are read and written where they lie. */
  readonly shared: boolean;
  /** Grades what is too large for the queue. */
  readonly gradeHere: (one: Todo) => Promise<Ended>;
}

/**
 * Grades by whoever takes submissions from a queue on Redis. Killed at any moment, the same command finds what is in
 * the queue, waits for it and puts the rest there.
 * @param options.shared submission and results lie at the same paths on all machines, so that neither goes through Redis
 */
export const gradeByQueue =
  (address: string, options: { shared: boolean }): GradeAll =>
  async (work) => {
    if (work.todo.length === 0) return;
    const room = await openRedis(address, work.onNote);
    const version = versionOf(gradingOf(work.settings));
    const queue = new room.bull.Queue(queueOf(version), { connection: room.connect() });
    const events = new room.bull.QueueEvents(queueOf(version), { connection: room.connect() });
    // The connection tells of its own troubles.
    queue.on('error', () => undefined);
    events.on('error', () => undefined);
    const ends = new JobEnds(queue, events);
    const here = new Worker(work.settings);
    const oneHere = pLimit(1);
    const ending = new AbortController();
    const line: Line = {
      ...{ room, queue, ends, version, work, ...options },
      gradeHere: (one) => oneHere(() => gradeOnThis(here, one, { ...work, signal: ending.signal })),
    };
    const end = (): Promise<unknown> => {
      ending.abort();
      return here.close();
    };
    work.signal?.addEventListener('abort', end);
    let over = false;
    // A connection that is gone says so itself, and next time is soon.
    const look = (): void =>
      void lookForWorkers(room.redis, version, work.onNote)
        .then((isSomebody) => over || work.onWaiting?.(!isSomebody))
        .catch(() => undefined);
    const timer = setInterval(look, LOOK_FOR_WORKERS_MS);
    try {
      await queue.waitUntilReady();
      await events.waitUntilReady();
      look();
      const limit = pLimit(WINDOW);
      const all = work.todo.map((one) =>
        limit(async () => {
          if (over || work.signal?.aborted) return;
          // What one submission brings about is no reason to stop with the others.
          const ended = await gradeOne(one, line).catch(failed);
          // An error may come of the end itself.
          if (!over && !work.signal?.aborted) await record(one, ended, line);
        }),
      );
      // Events hold answers; another batch on the queue looks for itself now and then.
      const done = Promise.all(all).then(() => queue.trimEvents(0));
      await Promise.race([done, aborted(work.signal)]);
    } finally {
      over = true;
      clearInterval(timer);
      ends.close();
      work.signal?.removeEventListener('abort', end);
      await end();
      await Promise.all([queue.close(), events.close()]).catch(() => undefined);
      room.close();
    }
  };

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
}

/** The same for the same submission of the same batch, also after a container has got another name, so that it is never in the queue twice. */
function jobOf({ submitted, key }: Todo, { folder, runs }: WorkOnClass): string {
  return sha256(Buffer.from(JSON.stringify([folder.id, folder.root, submitted.id, key, runs]))).slice(0, 32);
}

async function gradeOne(one: Todo, line: Line): Promise<Ended> {
  const { queue, ends, room, version, work, shared } = line;
  const id = jobOf(one, work);
  let again = work.again;
  for (;;) {
    try {
      await put(one, id, again, line);
    } catch (error) {
      if (error instanceof TooLargeToPack) return line.gradeHere(one);
      throw error;
    }
    again = false;
    const end = await ends.of(id);
    if (end.how === 'failed') return failed(end.why);
    if (end.how === 'gone') continue;
    const { tooLarge, ...ended } = endedSchema.parse(end.job.returnvalue);
    if (tooLarge !== undefined) {
      work.onNote(
        `${one.submitted.id}: its results do not come back (${tooLarge}): graded again on this machine; with --shared none goes through Redis`,
      );
      return line.gradeHere(one);
    }
    if (shared || !ended.kept) return ended;
    const results = await takeResults(room.redis, resultsKey(version, id));
    if (results) {
      const place = { folder: work.folder.submissions, as: one.submitted.id };
      unpack(results, { ...place, links: 'refused', limits: RESULT_LIMITS });
      return ended;
    }
    // Redis has lost them.
    await (await queue.getJob(id))?.remove();
  }
}

async function gradeOnThis(worker: Worker, one: Todo, { folder, runs, signal }: WorkOnClass): Promise<Ended> {
  signal?.throwIfAborted();
  const { id, path } = one.submitted;
  return gradeSubmission({ path, worker, runs, signal, out: folder.of(id), attempts: ATTEMPTS });
}

/** Puts a submission into the queue, unless it is there: then it is waited for. */
async function put(
  one: Todo,
  id: string,
  again: boolean,
  { queue, room, version, work, shared }: Line,
): Promise<void> {
  const before = (await queue.getJob(id)) as Job | undefined;
  // One that failed is tried again; what is at work cannot be removed, and need not be.
  if (before && (again || (await before.isFailed()))) await before.remove().catch(() => undefined);
  const { backend, isolation, timeFactor, deadlineSeconds, parts } = work.settings;
  const { id: name, path } = one.submitted;
  const data: JobData = {
    settings: {
      backend,
      isolation,
      ...(timeFactor === undefined ? {} : { timeFactor }),
      deadlineSeconds,
      ...(parts ? { parts } : {}),
    },
    runs: work.runs,
    ...(shared ? { shared: { path, out: work.folder.of(name), root: work.folder.root } } : {}),
  };
  if (!shared) await room.redis.set(submissionKey(version, id), pack(path), 'EX', KEPT_SECONDS);
  await queue.add(name, data, {
    jobId: id,
    attempts: ATTEMPTS,
    backoff: { type: 'exponential', delay: BACKOFF_MS },
    removeOnComplete: { age: KEPT_SECONDS },
    removeOnFail: { age: KEPT_SECONDS },
  });
}

/** Once it is in the journal, the queue may forget it, and does so by itself after a while. */
async function record(one: Todo, ended: Ended, line: Line): Promise<void> {
  line.work.onEnded(one, ended);
  await forget(jobOf(one, line.work), line).catch(() => undefined);
}

async function forget(id: string, { queue, room, version }: Line): Promise<void> {
  await (await queue.getJob(id))?.remove().catch(() => undefined);
  await room.redis.del(submissionKey(version, id), resultsKey(version, id));
}

function failed(error: unknown): Ended {
  const why = error instanceof Error ? error.message : String(error);
  const nothing = { score: 0, points: 0, errored: 0, seconds: 0, processorSeconds: 0, runs: 1, flaky: [] };
  return { state: 'failed', attempts: ATTEMPTS, troubles: [why], kept: false, ...nothing };
}
