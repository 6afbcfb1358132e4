import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rubricPage } from '../../authoring/calibration/page.ts';
import { ROOT } from '../../repository.ts';
import { gradedParts } from './graded-parts.ts';

const PAGE = 'docs/rubric.md';

/** Writes the page on how well the rubric tells right from wrong, from what is known. */
export function writeRubricPage(): void {
  writeFileSync(join(ROOT, PAGE), rubricPage(gradedParts));
  console.log(`${PAGE} written`);
}
