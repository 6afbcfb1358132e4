import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadAssignment } from '../../../grader/assignment/load.ts';
import { EXIT, type ExitCode } from '../../../grader/cli/exit-code.ts';
import { SubmissionError } from '../../../grader/format/errors.ts';
import { admit } from '../../../grader/pipeline/intake/admit.ts';
import { reviewSources } from '../../../grader/pipeline/intake/review-sources.ts';
import { selectParts } from '../../../grader/pipeline/select-parts.ts';
import { checkInProcess } from '../../../grader/practice/check-in-process.ts';
import { checkLines } from '../../../grader/report/terminal.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import type { KitPlaces } from './places.ts';

/** Runs a part in this process, where a debugger stops at breakpoints in the student's own files. No time limit holds. */
export async function inspectPart(name: string, places: KitPlaces): Promise<ExitCode> {
  const { folder, template } = places;
  const assignment = loadAssignment([places.assignment]);
  const chosen = selectParts(assignment, [name]);
  const [part] = chosen.parts;
  const admitted = await admit({ submission: folder, template }, assignment);
  if ('refusal' in admitted) throw new SubmissionError(admitted.refusal);
  await prepareBackend({ backend: 'wasm' });
  // From here on this process loads TypeScript.
  const { register } = await import('tsx/esm/api');
  register();
  const results = await checkInProcess({
    part,
    folder,
    template,
    files: admitted.ingested.files,
    review: reviewSources({ assignment: chosen, staged: folder, template }),
    load: (path) => import(pathToFileURL(join(folder, path)).href) as Promise<Record<string, unknown>>,
  });
  const plain = (_: unknown, text: string): string => text;
  const lines = results.flatMap((result) => checkLines(result, plain));
  process.stdout.write(`${part.title}, in this process, without time limits\n${lines.join('\n')}\n`);
  return results.every(({ outcome }) => outcome === 'passed' || outcome === 'not-attempted')
    ? EXIT.done
    : EXIT.found;
}
