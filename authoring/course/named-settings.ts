import type { Classifier } from '../../reference/contract/classifier.ts';
import { isCourseNetwork } from '../../reference/parts/style-transfer/settings.ts';

/** Style transfer takes the document's weights for a network that is called 1.1, whatever it is. */
const isNamedForDocument = (name: string): boolean => isCourseNetwork({ name } as Classifier);

interface Named {
  readonly name: string;
  readonly version: string;
  readonly classes: number;
}

/** @throws Error: a sentence where a network of another version is called 1.1 */
export function requireFittingName({ name, version }: Pick<Named, 'name' | 'version'>): void {
  if (version === '1.1' || !isNamedForDocument(name)) return;
  throw new Error(
    `${name} is a SqueezeNet ${version}, but style transfer takes its name for 1.1; import it under another name`,
  );
}

/** What a network of the document's kind goes without for its name; undefined where it goes without nothing. */
export function lostByName({ name, version, classes }: Named): string | undefined {
  if (version !== '1.1' || classes !== 1000 || isNamedForDocument(name)) return undefined;
  return `${name} is a SqueezeNet 1.1 of 1000 classes: style transfer has the document's weights for it only under a name with squeezenet1_1 in it, and relative ones under this.`;
}
