/**
 * Runs a program of this repository compiled, which starts in a fraction of the time: `node compiled/start.mjs
 * scripts/cli.ts grade`. It is compiled at its first start and whenever what it consists of has changed. Plain
 * JavaScript, since until then there is nothing to run TypeScript with.
 */
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashOf, recordOf, ROOT } from './record.mjs';

/**
 * The compiled program, if what it was made of is as it was then.
 * @param {string} program
 * @returns {string | undefined} absolute path of the module to import
 */
function current(program) {
  try {
    const { hash, inputs, main } = /** @type {import('./record.d.mts').Build} */ (
      JSON.parse(readFileSync(recordOf(program), 'utf8'))
    );
    return existsSync(main) && hashOf(inputs) === hash ? main : undefined;
  } catch {
    // There is none yet, or it cannot be read.
    return undefined;
  }
}

/** @param {string} program */
async function compile(program) {
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  try {
    const { compileProgram } = await import('./compile-program.ts');
    return await compileProgram(program);
  } finally {
    await unregister();
  }
}

const [program] = process.argv.splice(2, 1);
// Node.js 22 and later keep what V8 makes of the modules.
module.enableCompileCache?.(join(ROOT, '.cache', 'v8'));
const main = current(program) ?? (await compile(program));
process.argv[1] = join(ROOT, program);
// Where nothing can be written, the sources are run as they are.
if (main === undefined) (await import('tsx/esm/api')).register();
await import(pathToFileURL(main ?? join(ROOT, program)).href);
