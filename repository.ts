import { join } from 'node:path';

/** The repository's root, absolute. */
export const ROOT = import.meta.dirname;
export const TEMPLATE = join(ROOT, 'student-template');
export const FIXTURES = join(ROOT, 'fixtures');
