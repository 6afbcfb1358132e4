import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../grader/format/errors.ts';
import type { Networks } from '../judging/expectation.ts';

/** The places of a course's folder, absolute. */
export interface CourseFolder {
  /** Holds `public/` and `private/`. */
  readonly fixtures: string;
  readonly halves: readonly string[];
  readonly template: string;
  /** The reference as a student would submit it. */
  readonly example: string;
}

/** Where in the template the data of a course's own network lies. */
export const GIVEN = 'course';
/** What that data is, among it. */
export const DESCRIPTION = 'course.json';

export const COURSE_PAGE = 'course.md';
export const COURSE_PICTURES = 'pictures';
export const EXAMPLE_NAME = 'assignment_3_submission.zip';

export function placesIn(directory: string): CourseFolder {
  const root = resolve(directory);
  const fixtures = join(root, 'fixtures');
  return {
    fixtures,
    halves: ['public', 'private'].map((half) => join(fixtures, half)),
    template: join(root, 'template'),
    example: join(root, EXAMPLE_NAME),
  };
}

/** The places of a course that was compiled. @throws UsageError where the folder holds none */
export function openCourseFolder(directory: string): CourseFolder {
  const places = placesIn(directory);
  const missing = [...places.halves, places.template, places.example].find((place) => !existsSync(place));
  if (missing !== undefined || !statSync(places.template).isDirectory()) {
    throw new UsageError(
      `${directory} holds no course: ${missing ?? places.template} is missing; npm run course makes one.`,
    );
  }
  return places;
}

/** The networks that a course looks into, by what its template carries. */
export const networksOf = ({ template }: Pick<CourseFolder, 'template'>): Networks =>
  existsSync(join(template, GIVEN, DESCRIPTION)) ? 'own' : 'embedded';
