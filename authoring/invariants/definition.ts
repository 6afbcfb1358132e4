import type { AssignmentDefinition } from '../../grader/assignment/define.ts';
import { ROOT } from '../../repository.ts';
import { shippedFiles } from '../template/layout.ts';
import { materialize } from '../template/materialize.ts';
import { wrongNames } from './names.ts';
import { wrongPoints } from './points.ts';
import type { Pages } from './recorded-part.ts';
import { refuseAll } from './refusal.ts';
import { ShippedNames } from './shipped-names.ts';

/**
 * Checks all of an assignment that can be checked before any case is run.
 * @returns the files of its template, as students get them and with the solutions in place
 * @throws Error naming file, place and remedy of all that is wrong
 * @throws TemplateError where files do not make a template, or import what does not ship
 */
export function checkDefinition(assignment: AssignmentDefinition): Pages {
  const files = shippedFiles({ root: ROOT, ...assignment });
  refuseAll([...wrongNames(assignment, new ShippedNames(files)), ...wrongPoints(assignment)]);
  return {
    template: materialize({ files, mode: 'template' }),
    solution: materialize({ files, mode: 'solution' }),
  };
}
