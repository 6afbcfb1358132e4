import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { GradeAll } from '../../batch/grade-all.ts';
import { gradeClass, type ClassProgress } from '../../batch/grade-class.ts';
import { addSimilar, writeOutputs, type ClassOutputs } from '../../batch/outputs/write-outputs.ts';
import { gradeByQueue } from '../../batch/queue/grade-by-queue.ts';
import { tryRedis } from '../../batch/queue/redis.ts';
import { findSubmissions, matching } from '../../batch/sources/find-submissions.ts';
import { hashingOnce } from '../../batch/sources/content-hash.ts';
import { refuseResultsAmongSubmissions } from '../../batch/sources/results-apart.ts';
import { refuseSubmissionItself } from '../../batch/sources/submission-itself.ts';
import type { Submitted } from '../../batch/sources/submitted.ts';
import { findSimilar } from '../../batch/similar/find-similar.ts';
import { hasSimilar, keyOfSimilar, similarBefore } from '../../batch/similar/kept-similar.ts';
import { readSources, type OnRead } from '../../batch/similar/read-sources.ts';
import { BatchFolder } from '../../batch/store/batch-folder.ts';
import { Journal } from '../../batch/store/journal.ts';
import { gradeHere } from '../../batch/workers/grade-here.ts';
import { placesOf, type PlacesWanted } from '../../batch/workers/places.ts';
import type { GradingSettings } from '../../batch/workers/messages.ts';
import type { Assignment } from '../../grader/assignment/loaded.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { counted } from '../../grader/format/counted.ts';
import { GraderError, UsageError } from '../../grader/format/errors.ts';
import {
  installedBackends,
  isOptional,
  usesDevice,
} from '../../grader/tensorflow/optional/backends-directory.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import { courseAt } from '../options/course.ts';
import { classProgress, type ClassProgressShown } from './class-progress.ts';
import { leftOutLines, summaryOf, summaryText, type Summary } from './summary.ts';

/** What `batch` is told on the command line. */
export interface BatchCommandOptions extends PlacesWanted {
  readonly out?: string;
  readonly only?: string;
  readonly part?: readonly string[];
  readonly backend: string;
  readonly isolation: 'auto' | 'strict';
  readonly timeFactor?: number;
  readonly deadline: number;
  readonly course?: string;
  readonly assignment?: readonly string[];
  readonly template?: string;
  readonly again?: boolean;
  readonly repeat: number;
  readonly similar?: boolean;
  /** Address of a Redis; without, this machine grades. */
  readonly queue?: string;
  readonly shared?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Aborts when this process is asked to end, so that what is recorded is whole and workers end with it. */
function untilAsked(): { readonly signal: AbortSignal; readonly done: () => void } {
  const asked = new AbortController();
  const stop = (): void => asked.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return { signal: asked.signal, done: () => void process.off('SIGINT', stop).off('SIGTERM', stop) };
}

function gradeAllOf(options: BatchCommandOptions): GradeAll {
  const { queue, shared = false, jobs, gpu, perGpu, backend } = options;
  if (queue !== undefined && (jobs ?? gpu ?? perGpu) !== undefined) {
    throw new UsageError(
      '--jobs, --gpu and --per-gpu are for this machine; what a worker grades on, npm run worker is told',
    );
  }
  if (queue === undefined && shared) throw new UsageError('--shared goes with --queue');
  if (gpu !== undefined && !usesDevice(backend) && backend !== 'auto') {
    throw new UsageError(
      `--gpu goes with --backend gpu, webgpu or auto: ${backend} computes on the processor`,
    );
  }
  if (queue !== undefined) return gradeByQueue(queue, { shared });
  const places = placesOf({ jobs, gpu, perGpu }, availableParallelism());
  if (isOptional(backend) && !installedBackends().includes(backend)) {
    throw new UsageError(`the backend ${backend} is not installed; npm run setup -- ${backend}`);
  }
  return gradeHere(places);
}

/** Grades the class that lies in a folder and writes what came of it. */
export async function gradeBatch(source: string, options: BatchCommandOptions): Promise<void> {
  if (options.out === undefined) throw new UsageError('say with --out where the results go');
  refuseResultsAmongSubmissions(source, options.out);
  const gradeAll = gradeAllOf(options);
  const everyone = findSubmissions(source, (note) => console.error(note));
  const submissions = options.only === undefined ? everyone : matching(everyone, options.only);
  const folder = new BatchFolder(resolve(options.out));
  const course = await courseAt(options.course);
  const halves = (options.assignment ?? course.halves).map((one) => resolve(one));
  // What is wrong with the command is said once, before each worker stumbles over it.
  const assignment = loadAssignment(halves);
  const { parts } = selectParts(assignment, options.part);
  refuseSubmissionItself(source, assignment);
  const settings: GradingSettings = {
    assignment: halves,
    template: resolve(options.template ?? course.template),
    backend: options.backend,
    isolation: options.isolation,
    ...(options.timeFactor === undefined ? {} : { timeFactor: options.timeFactor }),
    deadlineSeconds: options.deadline,
    ...(options.part ? { parts: parts.map(({ id }) => id) } : {}),
    root: folder.root,
  };
  if (options.queue !== undefined) await tryRedis(options.queue, (note) => console.error(note));
  const unlock = folder.lock();
  const asked = untilAsked();
  const journal = new Journal(folder.journal);
  const progress = options.quiet ? undefined : classProgress();
  const begin = performance.now();
  let at: ClassProgress;
  let comparison = '';
  try {
    const hashOf = hashingOnce();
    if (options.similar || hasSimilar(folder)) {
      const onRead: OnRead = (read, total) => progress?.step('submissions hashed', read, total);
      comparison = await keyOfSimilar(everyone, settings, { hashOf, onRead });
    }
    at = await gradeClass({
      everyone,
      submissions,
      folder,
      journal,
      settings,
      gradeAll,
      again: options.again ?? false,
      runs: options.repeat,
      hashOf,
      onReading: (now) => progress?.reading(now),
      onProgress: (now) => progress?.at(now),
      onNote: (line) => progress?.note(line),
      signal: asked.signal,
    });
  } finally {
    progress?.end();
    journal.close();
    asked.done();
    unlock();
  }
  const names = new Set(submissions.map(({ id }) => id));
  const similar = similarBefore(folder, comparison);
  let outputs: ClassOutputs;
  try {
    outputs = writeOutputs({
      submissions: everyone,
      entries: journal.entries,
      assigned: assignment.parts.map(({ id }) => id),
      folder,
      similar,
      onRead: (read, total) => progress?.step('results read', read, total),
    });
  } finally {
    progress?.end();
  }
  if (options.similar && !asked.signal.aborted) {
    await tellSimilar({
      ...{ submissions: everyone, assignment, template: settings.template, outputs, folder },
      ...{ key: comparison, progress },
    });
  } else if (similar === 'outdated') {
    console.error(
      'who is like whom is left out of class.html: something has changed since; --similar compares again',
    );
  }
  const graded = outputs.graded.filter(({ submitted }) => names.has(submitted.id));
  const summary = summaryOf(graded, {
    submissions: submissions.length,
    kept: at.kept,
    leftOut: outputs.leftOut,
    rows: outputs.rows,
    seconds: Math.round((performance.now() - begin) / 100) / 10,
    interrupted: asked.signal.aborted,
    out: folder.root,
  });
  console.log(options.json ? JSON.stringify(summary) : summaryText(summary));
  refuseUnfinished(summary);
}

/** Says in class.html who is like whom; what keeps that from being found out costs nobody the rest. */
async function tellSimilar(setup: {
  submissions: readonly Submitted[];
  assignment: Assignment;
  template: string;
  outputs: ClassOutputs;
  folder: BatchFolder;
  key: string;
  progress: ClassProgressShown | undefined;
}): Promise<void> {
  const { submissions, outputs, folder, key, progress } = setup;
  const stepOf =
    (title: string): OnRead =>
    (done, total) =>
      progress?.step(title, done, total);
  try {
    const sources = await readSources({ ...setup, onRead: stepOf('submissions read to compare') });
    const similar = findSimilar({ ...sources, onStep: stepOf('steps of comparing') });
    addSimilar(similar, { outputs, of: submissions.length, folder, key });
    progress?.end();
    for (const line of leftOutLines(similar)) console.error(line);
  } catch (error) {
    progress?.end();
    const why = error instanceof Error ? error.message : String(error);
    console.error(`who is like whom could not be found out: ${why}; all else is written`);
  }
}

/** @throws GraderError when not every submission has a result to trust */
function refuseUnfinished({ interrupted, ours, submissions }: Summary): void {
  if (interrupted) throw new GraderError('interrupted: the same command goes on where this one stopped');
  if (ours === 0) return;
  throw new GraderError(
    `${ours} of ${counted(submissions, 'submission')} could not be judged, through no fault of theirs; class.html begins with ${ours === 1 ? 'it' : 'them'}`,
  );
}
