import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { serveQueue } from '../../batch/queue/serve-queue.ts';
import { placesOf, type PlacesWanted } from '../../batch/workers/places.ts';
import { versionInputs } from '../../batch/store/grading-key.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { courseAt } from '../options/course.ts';
import { untilAskedToEnd } from './asked-to-end.ts';

/** What `worker` is told on the command line. */
export interface WorkerCommandOptions extends PlacesWanted {
  readonly queue?: string;
  readonly course?: string;
  readonly assignment?: readonly string[];
  readonly template?: string;
  readonly shared?: string;
  readonly quiet?: boolean;
}

/** Grades from a queue. Asked once to end, it brings to an end what it has begun; asked twice, it does not. */
export async function serve(options: WorkerCommandOptions): Promise<void> {
  if (options.queue === undefined) {
    throw new UsageError(
      'say with --queue, or INTROSPECTION_QUEUE, where submissions come from: redis://host:6379',
    );
  }
  const places = placesOf(options, availableParallelism());
  const course = await courseAt(options.course);
  const assignment = (options.assignment ?? course.halves).map((one) => resolve(one));
  const template = resolve(options.template ?? course.template);
  loadAssignment(assignment);
  const onNote = (line: string): void => console.error(line);
  const { drain, stop, done } = untilAskedToEnd({
    onFirst: () => onNote('ending once what is at work is done; ask again to end at once'),
  });
  try {
    await serveQueue({
      address: options.queue,
      places,
      assignment,
      template,
      shared: options.shared,
      grading: versionInputs({ assignment, template }),
      onNote,
      ...(options.quiet ? {} : { onEnded: onNote }),
      drain,
      stop,
    });
  } finally {
    done();
  }
}
