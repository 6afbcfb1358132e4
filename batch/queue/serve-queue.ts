import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { GraderError } from '../../grader/format/errors.ts';
import { makeScratch } from '../../grader/sandbox/scratch.ts';
import type { Grading } from '../store/grading-key.ts';
import { gradeSubmission } from '../workers/grade-submission.ts';
import type { GradingSettings } from '../workers/messages.ts';
import type { Place } from '../workers/places.ts';
import { Worker } from '../workers/worker.ts';
import {
  jobSchema,
  queueOf,
  resultsKey,
  submissionKey,
  versionOf,
  workerKey,
  type Answered,
  type JobData,
} from './job.ts';
import { jobLine } from './job-line.ts';
import { unpack } from './packed-files.ts';
import { openRedis, type RedisRoom } from './redis.ts';
import { leaveResults } from './results-in-redis.ts';
import { withinShared } from './shared-folder.ts';

/** Without a sign of life for so long, a submission goes to another worker. */
const LOCK_MS = 15_000;
const STALLED_MS = 10_000;
/** One that brings down so many workers is not tried again. */
const MOST_STALLED = 3;
const PRESENCE_MS = 10_000;
/** So long a worker that ends at once waits for Redis to take back what it was at. */
const GOODBYE_MS = 3000;

export interface ServeOptions {
  readonly address: string;
  /** One for each of the submissions that are graded at the same time. */
  readonly places: readonly Place[];
  readonly assignment: readonly string[];
  readonly template: string;
  /** A folder that lies at the same path on all machines; without, no job may name a path of this one. */
  readonly shared?: string | undefined;
  /** Of this assignment, template and grader. */
  readonly grading: Pick<Grading, 'assignment' | 'grader'>;
  readonly onNote: (line: string) => void;
  /** Told a line of each submission that ended, but of what failed through us, which is a note. */
  readonly onEnded?: (line: string) => void;
  /** No further submission is taken; what is at work is brought to its end. */
  readonly drain: AbortSignal;
  /** Nor that. */
  readonly stop: AbortSignal;
}

/** A process that grades, kept as long as submissions ask for the same settings. */
class Slot {
  readonly #place: Place;
  #worker: { readonly settings: string; readonly worker: Worker } | undefined;

  constructor(place: Place) {
    this.#place = place;
  }

  async workerFor(asked: GradingSettings): Promise<Worker> {
    const settings = { ...asked, ...this.#place };
    const text = JSON.stringify(settings);
    if (this.#worker?.settings !== text) {
      await this.close();
      this.#worker = { settings: text, worker: new Worker(settings) };
    }
    return this.#worker!.worker;
  }

  async close(): Promise<void> {
    await this.#worker?.worker.close();
    this.#worker = undefined;
  }
}

/** Takes submissions from a queue on Redis and grades them, until it is asked to end. */
export async function serveQueue(options: ServeOptions): Promise<void> {
  const { address, places, grading, onNote, onEnded, drain, stop } = options;
  const jobs = places.length;
  const room = await openRedis(address, onNote);
  const version = versionOf(grading);
  const name = `${hostname()}-${randomUUID().slice(0, 8)}`;
  const slots = places.map((place) => new Slot(place));
  // Taken from the end, so that the first places are used first.
  const free = slots.toReversed();
  // What a worker that was killed has left goes when a grader starts.
  const { path: root, remove } = makeScratch('worker');
  const process = async (job: Job, token?: string): Promise<Answered> => {
    const slot = free.pop();
    if (!slot) throw new GraderError('more submissions than were asked for');
    try {
      const ended = await gradeJob({ job, version, slot, room, root, options });
      const [why] = ended.troubles;
      if (why === undefined) onEnded?.(jobLine(job.name, { how: 'ended', ended }));
      else onNote(jobLine(job.name, { how: 'failed', why, attempt: ended.attempts, isLast: true }));
      return ended;
    } catch (error) {
      if (!stop.aborted) {
        const why = error instanceof Error ? error.message : String(error);
        const attempt = job.attemptsMade + 1;
        onNote(jobLine(job.name, { how: 'failed', why, attempt, isLast: isLastAttempt(job) }));
        throw error;
      }
      // Not the submission's fault: it goes back as it was, with all its attempts.
      await job.moveToWait(token);
      onNote(jobLine(job.name, { how: 'given-back' }));
      throw new room.bull.WaitingError();
    } finally {
      free.push(slot);
    }
  };
  const bull = new room.bull.Worker(queueOf(version), process, {
    ...{ connection: room.connect(), concurrency: jobs, name },
    ...{ lockDuration: LOCK_MS, stalledInterval: STALLED_MS, maxStalledCount: MOST_STALLED },
  });
  // The connection tells of its own troubles; a lock that was lost is the affair of whoever has it now.
  bull.on('error', () => undefined);
  const presence = (): void => {
    const text = JSON.stringify({ version, host: hostname(), jobs });
    // A connection that is gone says so itself.
    room.redis.set(workerKey(name), text, 'PX', 3 * PRESENCE_MS).catch(() => undefined);
  };
  const timer = setInterval(presence, PRESENCE_MS);
  try {
    await bull.waitUntilReady();
    presence();
    onNote(`waiting for submissions of version ${version}, ${jobs} at a time`);
    await once(drain);
    await Promise.race([bull.close(), once(stop)]);
  } finally {
    clearInterval(timer);
    await Promise.all(slots.map((slot) => slot.close()));
    if (stop.aborted) {
      const gone = bull.close(true).catch(() => undefined);
      await Promise.race([gone, sleep(GOODBYE_MS)]);
    }
    await Promise.race([room.redis.del(workerKey(name)), once(stop)]);
    room.close();
    remove();
  }
}

function once(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}

const isLastAttempt = ({ attemptsMade, opts }: Job): boolean => attemptsMade + 1 >= (opts.attempts ?? 1);

async function gradeJob(setup: {
  job: Job;
  version: string;
  slot: Slot;
  room: RedisRoom;
  root: string;
  options: Pick<ServeOptions, 'assignment' | 'template' | 'shared' | 'stop'>;
}): Promise<Answered> {
  const { job, version, slot, room, root, options } = setup;
  const data: JobData = jobSchema.parse(job.data);
  const id = job.id ?? '';
  const place = mkdtempSync(join(root, 'submission-'));
  try {
    const lent = data.shared
      ? withinShared(data.shared, options.shared)
      : {
          path: unpack(await submissionOf(room, version, id), { folder: join(place, 'in'), links: 'kept' }),
          out: join(place, 'out'),
          root,
        };
    const worker = await slot.workerFor({
      ...data.settings,
      assignment: [...options.assignment],
      template: options.template,
      root: lent.root,
    });
    const stopped = (): void => {
      if (options.stop.aborted) throw new GraderError('the worker was asked to end at once');
    };
    stopped();
    const ended = await gradeSubmission({
      ...{ path: lent.path, out: lent.out, worker, attempts: 1, runs: data.runs, signal: options.stop },
    });
    stopped();
    // Whoever takes it next may have more luck; of the last one whatever there is counts.
    if (ended.troubles.length > 0 && !isLastAttempt(job)) throw new GraderError(ended.troubles[0]);
    const attempts = { attempts: job.attemptsMade + 1 };
    if (data.shared || !ended.kept) return { ...ended, ...attempts };
    return { ...ended, ...attempts, ...(await leaveResults(room.redis, resultsKey(version, id), lent.out)) };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function submissionOf(room: RedisRoom, version: string, id: string): Promise<Buffer> {
  const bytes = await room.redis.getBuffer(submissionKey(version, id));
  if (!bytes) throw new GraderError('the submission is not in Redis any more');
  return bytes;
}
