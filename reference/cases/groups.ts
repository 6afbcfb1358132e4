import type { Argument } from '../../grader/format/call-plan.ts';
import type * as storedImages from '../lib/course/stored-images.ts';
import { result } from './arguments.ts';
import { templateModule } from './template-module.ts';

/** Batches that an instructor's own pictures are made of, and what is made of several batches. */
export const storedImagesModule = templateModule<typeof storedImages>('lib/course/stored-images.ts');

/** The name of a call or an input for one of several batches; that of the first one is plain. */
export const nameIn = (name: string, batch: number): string => (batch === 0 ? name : `${name}-${batch + 1}`);

/** Batches as one. */
export function joined(batches: readonly Argument[]): Argument {
  return batches.length === 1 ? batches[0] : storedImagesModule.given('joined', [{ list: batches }]);
}

/** What calls named by {@link nameIn} returned for so many batches. */
export function joinedResults(name: string, batches: number): Argument {
  return joined(Array.from({ length: batches }, (_, batch) => result(nameIn(name, batch))));
}
