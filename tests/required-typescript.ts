import { createRequire } from 'node:module';
import type TypeScript from 'typescript';

/** TypeScript for the tests, required: where it is imported, Node.js searches nine megabytes for names, in each test file. */
export default createRequire(import.meta.url)('typescript') as typeof TypeScript;
