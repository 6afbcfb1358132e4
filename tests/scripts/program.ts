import { join } from 'node:path';
import { ROOT } from '../../repository.ts';

/** What Node.js starts the staff's program with, compiled: importing its sources takes seconds each time. */
export const PROGRAM: readonly string[] = [join(ROOT, 'compiled', 'start.mjs'), 'scripts/cli.ts'];
