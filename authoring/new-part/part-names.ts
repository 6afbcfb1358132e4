import { UsageError } from '../../grader/format/errors.ts';

/** What a new part is called, in each of the forms in which the skeleton has it. */
export interface PartNames {
  /** Of its folder, its files and its id: `occlusion-sensitivity`. */
  readonly name: string;
  /** Of its function: `occlusionSensitivity`. */
  readonly camel: string;
  /** What students read: `Occlusion sensitivity`. */
  readonly title: string;
}

/** @throws UsageError where it cannot be the name of a folder and of a function */
export function partNames(name: string): PartNames {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    throw new UsageError(
      `${name} is no name of a part: lower-case words with hyphens, as in occlusion-sensitivity`,
    );
  }
  const words = name.split('-');
  const camel = words.map((word, i) => (i === 0 ? word : word[0].toUpperCase() + word.slice(1))).join('');
  const sentence = words.join(' ');
  return { name, camel, title: sentence[0].toUpperCase() + sentence.slice(1) };
}
