import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment } from '../../assignment/loaded.ts';
import { withoutSourceMaps } from '../../compile/source-map-comments.ts';
import { phase } from '../../format/phase.ts';
import { stage } from '../../ingest/stage.ts';
import type { GradeOptions } from '../grade-options.ts';
import { reviewSources, type SourceReview } from './review-sources.ts';
import type { Run } from '../run/run.ts';
import { listFiles } from './template-files.ts';
import type { Workplace } from '../workplace.ts';

/** A submission that lies in its workplace, ready to be compiled. */
export interface StagedSubmission {
  /** As they were submitted. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly place: Workplace;
  readonly review: SourceReview;
}

/** Lays the submitted files over the template and reads them, without running any. */
export async function stageSubmission(setup: {
  options: Pick<GradeOptions, 'template'>;
  assignment: Assignment;
  run: Run;
  place: Workplace;
  files: ReadonlyMap<string, Uint8Array>;
}): Promise<StagedSubmission> {
  const { options, assignment, run, place, files } = setup;
  const { template } = options;
  const staged = await phase('stage', 'submission', () =>
    stage({
      template,
      files: withoutSourceMaps(files),
      directory: place.staged,
      allow: assignment.allow,
    }),
  );
  run.learn({ staged, untouched: isTemplate(files, template) });
  const review = phase('review', '', () => reviewSources({ assignment, staged: place.staged, template }));
  run.learn({ review });
  await phase('stage', 'template', () =>
    stage({ template, files: new Map(), directory: place.pristine, allow: [] }),
  );
  return { files, place, review };
}

/** Whether each submitted file that the template has, too, is the template's, byte for byte. */
function isTemplate(files: ReadonlyMap<string, Uint8Array>, template: string): boolean {
  const given = listFiles(template);
  return [...files].every(
    ([path, bytes]) => !given.has(path) || readFileSync(join(template, path)).equals(bytes),
  );
}
