import { join } from 'node:path';

/** The repository's root, absolute. */
export const ROOT = import.meta.dirname;
export const TEMPLATE = join(ROOT, 'student-template');
export const FIXTURES = join(ROOT, 'fixtures');
/** The halves of the compiled assignment. */
export const ASSIGNMENT = ['public', 'private'].map((half) => join(FIXTURES, half));
/** The submission that is graded where none is named. */
export const EXAMPLE = join(FIXTURES, 'submissions', 'example', 'assignment_3_submission.zip');
