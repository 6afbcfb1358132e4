import { setTimeout as sleep } from 'node:timers/promises';
import { Child, type ChildOptions } from '../../child/child.ts';
import { GraderError } from '../../format/errors.ts';
import { phase } from '../../format/phase.ts';
import { whyNotReady } from './why-not-ready.ts';

const START_SECONDS = 60;
const SECOND_TRY_MS = 500;

/**
 * No process gets ready to compute, although no submitted line has run in it: the machine, its driver or its device is
 * at fault.
 */
export class NotReady extends GraderError {
  /** The name of the bundle that it was to run. */
  readonly bundle: string;
  constructor(why: string, bundle: string) {
    super(why);
    this.bundle = bundle;
  }
}

/** What a process says of itself when it is ready. */
export interface ChildEnvironment {
  readonly backend: string;
  readonly versions: Record<string, string>;
  /** The graphics device that it computes on. */
  readonly device?: string;
}

export interface StartOptions extends ChildOptions {
  /** Names the bundle's file among the child's. */
  readonly name: string;
  /** Stretches every time limit: 2 on a machine half as fast. */
  readonly timeFactor: number;
  /** Gives a child with the same options that was started ahead, if there is one. */
  readonly spare?: () => Child | undefined;
}

/**
 * Has a process get ready. Tries twice: where processes or memory are few, what was just ending may have stood in the way.
 * @param hold takes the process while it starts, so that it can be ended then; undefined once it has failed
 * @throws NotReady
 */
export async function startChild(
  options: StartOptions,
  hold: (child: Child | undefined) => void,
): Promise<{ readonly child: Child; readonly environment: ChildEnvironment }> {
  const first = await tryToStart(options, hold);
  if ('child' in first) return first;
  await sleep(SECOND_TRY_MS);
  const second = await tryToStart(options, hold);
  if ('child' in second) return second;
  throw new NotReady(second.whyNot, options.name);
}

async function tryToStart(
  options: StartOptions,
  hold: (child: Child | undefined) => void,
): Promise<{ readonly child: Child; readonly environment: ChildEnvironment } | { readonly whyNot: string }> {
  const { name, spare, timeFactor, sandbox } = options;
  const child = spare?.() ?? new Child(options);
  hold(child);
  // A Node.js that gets one thread too few may hang instead of ending.
  const seconds = sandbox.layers.fewProcesses ? START_SECONDS / 3 : START_SECONDS;
  const ready = await phase('spawn', name, () => child.ready(seconds * timeFactor));
  // What libraries say when they are loaded is not the submission's doing, and is not kept.
  const output = child.takeOutput();
  if (ready.kind !== 'reply' || ready.reply.type !== 'ready') {
    hold(undefined);
    await child.destroy();
    return { whyNot: whyNotReady(ready, output.kept.toString('utf8', 0, 2000)) };
  }
  const { backend, versions, device } = ready.reply;
  return { child, environment: { backend, versions, ...(device === undefined ? {} : { device }) } };
}
