import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PracticePlaces } from '../../../grader/practice/practice-session.ts';

/** The engine's package as it is installed; all of it is one folder of modules beside the assignment. */
const ENGINE = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where things are while a command of the kit runs; absolute paths. */
export interface KitPlaces extends PracticePlaces {
  /** The student's folder. */
  readonly folder: string;
  /** What a student may know of the private checks. */
  readonly privateChecks: string;
  /** Module to load before TensorFlow.js is used. */
  readonly prepare: string;
  /** `package.json` of the engine. */
  readonly manifest: string;
}

export function kitPlaces(folder: string): KitPlaces {
  return {
    folder,
    assignment: join(ENGINE, 'assignment', 'public'),
    privateChecks: join(ENGINE, 'assignment', 'private-checks.json'),
    template: join(ENGINE, 'template'),
    dependencies: folder,
    prepare: join(ENGINE, 'grader', 'prepare.mjs'),
    manifest: join(ENGINE, 'package.json'),
  };
}
