import type { Job, Queue, QueueEvents } from 'bullmq';

/** Events may be lost with a connection, and jobs with a Redis that keeps nothing: so often all are looked at. */
const SWEEP_MS = 5000;

/** How a job came to its end: with an answer, without one, or it is not there any more. */
export type JobEnd =
  | { readonly how: 'completed'; readonly job: Job }
  | { readonly how: 'failed'; readonly why: string }
  | { readonly how: 'gone' };

/** Waits for the ends of many jobs. */
export class JobEnds {
  readonly #queue: Queue;
  readonly #waiting = new Map<string, (end: JobEnd) => void>();
  readonly #timer: NodeJS.Timeout;

  constructor(queue: Queue, events: QueueEvents) {
    this.#queue = queue;
    const look = ({ jobId }: { jobId: string }): void => void this.#look(jobId);
    events.on('completed', look).on('failed', look);
    this.#timer = setInterval(() => [...this.#waiting.keys()].forEach((id) => void this.#look(id)), SWEEP_MS);
  }

  of(id: string): Promise<JobEnd> {
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      // It may have ended before anybody waited.
      void this.#look(id);
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#waiting.clear();
  }

  async #look(id: string): Promise<void> {
    if (!this.#waiting.has(id)) return;
    const end = await this.#endOf(id).catch(() => undefined);
    if (!end) return;
    // Several looks may be under way; the first one counts.
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(end);
  }

  async #endOf(id: string): Promise<JobEnd | undefined> {
    // The state before the job: read the other way round, one that ends between the two has no answer yet.
    const state = await this.#queue.getJobState(id);
    if (state === 'unknown') return { how: 'gone' };
    if (state !== 'completed' && state !== 'failed') return undefined;
    const job = (await this.#queue.getJob(id)) as Job | undefined;
    if (!job) return { how: 'gone' };
    return state === 'completed' ? { how: 'completed', job } : { how: 'failed', why: job.failedReason };
  }
}
