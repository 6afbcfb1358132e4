type Import = (address: string) => Promise<unknown>;

/** Where whoever runs this code as a script, which cannot import, leaves a way to do so: a property of the global object. */
export const IMPORT = Symbol.for('introspection-grader.import');

// Looked up before any submitted code runs.
const left = (globalThis as Record<symbol, unknown>)[IMPORT] as Import | undefined;

/** Imports a module by its address, `file:` and so on. */
export const importModule: Import = left ?? ((address) => import(address));
