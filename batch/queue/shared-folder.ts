import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { GraderError } from '../../grader/format/errors.ts';
import type { JobData } from './job.ts';

type Shared = NonNullable<JobData['shared']>;

/**
 * What a job names of the folder that a worker shares: paths are the job's word, and whoever can write to Redis writes
 * jobs.
 * @param folder what the worker was told to share, if anything
 * @throws GraderError when that is nothing, or a path is not below it once links are followed
 */
export function withinShared(shared: Shared, folder: string | undefined): Shared {
  if (folder === undefined) {
    throw new GraderError('this worker shares no folder: start it with --shared DIRECTORY, or batch without');
  }
  const real = realpathSync(folder);
  for (const path of [shared.path, shared.out, shared.root]) {
    const inside = relative(real, landing(path));
    if (!isAbsolute(path) || inside === '..' || inside.startsWith('../')) {
      throw new GraderError(`${path} is not in ${folder}, the folder that this worker shares`);
    }
  }
  return shared;
}

/** Where a path leads, links followed as far as there is something. */
function landing(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  // A link to what is not there yet would be followed once it is.
  if (lstatSync(whole, { throwIfNoEntry: false })) throw new GraderError(`${path} is a link to nothing`);
  return resolve(landing(dirname(whole)), relative(dirname(whole), whole));
}
