import { createRequire } from 'node:module';
import type TypeScript from 'typescript';

/**
 * TypeScript, which test files import by its name, required: Node.js searches the nine megabytes of what is imported for
 * names first, in each process.
 */
export default createRequire(import.meta.url)('typescript') as typeof TypeScript;
