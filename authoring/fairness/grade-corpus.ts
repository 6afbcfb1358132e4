import { join } from 'node:path';
import { grade } from '../../grader/pipeline/grade.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { overlaid } from '../judging/overlaid.ts';
import { overlayOfRight, rightSolutionsOf } from './right-solutions.ts';
import type { SolutionVerdict } from './verdicts.ts';

/** Grades one solution with the settings that students' submissions get. */
async function verdictOn(part: string, name: string, threads: number): Promise<SolutionVerdict> {
  const submission = overlaid(overlayOfRight(part, name));
  try {
    const begin = performance.now();
    const { parts } = await grade({
      submission: submission.folder,
      assignment: [join(FIXTURES, 'public'), join(FIXTURES, 'private')],
      template: TEMPLATE,
      dependencies: ROOT,
      parts: [part],
      threads,
    });
    const checks = parts.flatMap((one) => one.checks);
    return {
      solution: `${part}/${name}`,
      node: process.versions.node,
      seconds: (performance.now() - begin) / 1000,
      checks: Object.fromEntries(
        checks.map(({ id, outcome, message }) => [
          id,
          outcome === 'passed' ? outcome : `${outcome}: ${message[0] ?? ''}`,
        ]),
      ),
    };
  } finally {
    submission.remove();
  }
}

// As a program of its own: `THREADS PART...`; a line of JSON on standard output for each right solution.
const [threads, ...parts] = process.argv.slice(2);
for (const part of parts) {
  for (const name of rightSolutionsOf(part)) {
    process.stdout.write(`${JSON.stringify(await verdictOn(part, name, Number(threads)))}\n`);
  }
}
