import { FindingError } from '../../grader/cli/exit-code.ts';
import { checkAgainstTorch } from '../../models/onnx/check-against-torch.ts';
import { renderTable } from '../terminal/table.ts';

/** Prints how far imported networks are from PyTorch's. @throws FindingError where one computes something else */
export async function showTorchComparison(python: string): Promise<void> {
  const comparisons = await checkAgainstTorch(python);
  const table = renderTable(
    [
      { name: 'SqueezeNet' },
      { name: 'opset', align: 'right' },
      { name: 'PyTorch' },
      { name: 'largest logit', align: 'right' },
      { name: 'largest difference', align: 'right' },
      { name: 'features' },
    ],
    comparisons.map(({ version, opset, torch, largestLogit, largestDifference, oddFeatures }) => [
      version,
      opset,
      torch,
      largestLogit.toFixed(2),
      largestDifference.toExponential(1),
      oddFeatures.length === 0 ? 'agree' : `${oddFeatures.join(', ')} DIFFER`,
    ]),
  );
  console.log(table);
  const wrong = comparisons.filter(({ agrees }) => !agrees);
  if (wrong.length > 0) throw new FindingError(`${wrong.length} of ${comparisons.length} networks differ`);
}
