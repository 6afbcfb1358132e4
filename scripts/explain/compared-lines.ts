import type { TensorMap } from '../../grader/numeric/index.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';

/** The range of so few values is the values. */
const FEW = 12;

function rangeOf(cells: Float32Array): string {
  const [lowest, highest] = [Math.min(...cells), Math.max(...cells)].map((value) => value.toPrecision(3));
  const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
  return lowest === highest ? `${lowest} everywhere` : `${lowest} to ${highest}, mean ${mean.toPrecision(3)}`;
}

const tellsItsValues = (cells: Float32Array): boolean =>
  cells.length <= FEW || Math.min(...cells) === Math.max(...cells);

function line(name: 'expected' | 'received', tensors: TensorMap, isShown: boolean): string {
  const { plane, cells } = tensors[name];
  const isKept = !isShown && tellsItsValues(cells);
  return `${name}: shape [${plane.shape.join(',')}], ${isKept ? 'values that --reveal shows' : rangeOf(cells)}`;
}

/**
 * Shape and range of what was expected and received of a check that failed, on the plane that the page shows; nothing
 * where no tensors were compared, as of a number or of a call that threw.
 * @param isShown the values may be told; otherwise their range is, where it does not give them away
 */
export function comparedLines({ tensors, staffOnly }: CheckResult, isShown: boolean): string[] {
  const compared = tensors ?? staffOnly?.tensors;
  return compared ? [line('expected', compared, isShown), line('received', compared, isShown)] : [];
}
