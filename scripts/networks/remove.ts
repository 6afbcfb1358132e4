import { UsageError } from '../../grader/format/errors.ts';
import { modelCache, removeModel } from '../../models/cache/cache.ts';
import { plainErrorsAs } from '../plain-errors.ts';

/** Deletes an imported network. @throws UsageError where there is none of this name */
export async function removeNetwork(name: string): Promise<void> {
  await plainErrorsAs(UsageError, () => removeModel(modelCache(), name));
  console.log(`${name} is removed`);
}
