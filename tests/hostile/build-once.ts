import { buildRunner } from '../../grader/child/build.ts';
import { compileProgram } from '../../compiled/compile-program.ts';
import { buildLauncher } from '../../grader/sandbox/native-launcher.ts';

/** Runs one attack, by its path below the root. */
export const PROGRAM = 'tests/hostile/run-one.ts';

/** What the graders of all users take ready made, as they do from an installed package. */
export async function setup(): Promise<void> {
  await buildRunner();
  buildLauncher();
  await compileProgram(PROGRAM);
}
