import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, absolute. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const TEMPLATE = join(ROOT, 'student-template');
export const FIXTURES = join(ROOT, 'fixtures');
