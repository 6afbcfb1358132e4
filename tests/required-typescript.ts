import { createRequire } from 'node:module';
import type TypeScript from 'typescript';

/**
 * TypeScript, which test files import by its name, required: before Node.js imports a script, it searches all nine
 * megabytes for the names that it exports.
 */
export default createRequire(import.meta.url)('typescript') as typeof TypeScript;
