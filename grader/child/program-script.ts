import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { IMPORT } from '../tensorflow/import-module.ts';

/** Names beside the runner's script: its program, and what V8 made of it when it ran before, where that is there. */
export const PROGRAM = 'program.cjs';
export const CODE = 'program.code';

type ModuleFunction = (
  exports: unknown,
  require: NodeJS.Require,
  module: unknown,
  filename: string,
  dirname: string,
) => void;

/**
 * The runner's program as a script, which unlike a module can be given the code that V8 has made of it before. V8
 * refuses what another version of it made, or one with other flags; then it compiles.
 */
export function programScript(path: string): Script {
  const code = join(dirname(path), CODE);
  return new Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'utf8')}\n})`,
    {
      filename: path,
      ...(existsSync(code) ? { cachedData: readFileSync(code) } : {}),
    },
  );
}

/** Runs it in this process; what it imports, this module imports for it, since a script made of such code cannot. */
export function runProgram(path: string, script: Script): void {
  const shared = globalThis as Record<symbol, unknown>;
  shared[IMPORT] = (address: string) => import(address);
  const module = { exports: {} };
  const run = script.runInThisContext() as ModuleFunction;
  run(module.exports, createRequire(path), module, path, dirname(path));
  // The program has taken it, and has loaded no submitted code yet, which is not to find it.
  delete shared[IMPORT];
}
