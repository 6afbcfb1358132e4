import { buildRunner } from '../../grader/child/build.ts';
import { buildLauncher } from '../../grader/sandbox/native-launcher.ts';

/** What the graders of all users take ready made, as they do from an installed package. */
export async function setup(): Promise<void> {
  await buildRunner();
  buildLauncher();
}
