import ts from 'typescript';
import { UsageError } from '../../grader/format/errors.ts';
import { skeletonIdentifiers, type PartNames } from './skeleton.ts';

/** Whether TypeScript gives a word a meaning of its own, so that no function can be called so. */
function isReserved(word: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, word);
  return scanner.scan() !== ts.SyntaxKind.Identifier || word === 'arguments' || word === 'eval';
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
  if (isReserved(camel) || skeletonIdentifiers().has(camel)) {
    const by = isReserved(camel) ? 'TypeScript' : 'the skeleton';
    throw new UsageError(`${name} is no name of a part: ${by} uses it; add a word, as in ${name}-maps`);
  }
  const sentence = words.join(' ');
  return { name, camel, title: sentence[0].toUpperCase() + sentence.slice(1) };
}
