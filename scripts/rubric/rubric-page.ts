import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rubricPage } from '../../authoring/calibration/page.ts';
import { assignment } from '../../reference/assignment.ts';
import { ROOT } from '../../repository.ts';

const PAGE = 'docs/rubric.md';

/** Writes the page on how well the rubric tells right from wrong, from what is known. */
export function writeRubricPage(): void {
  writeFileSync(join(ROOT, PAGE), rubricPage(assignment.parts.filter((part) => !part.solved)));
  console.log(`${PAGE} written`);
}
