import type { Check } from '../../grader/checks/index.ts';
import type { NeverAlone } from './margins.ts';

/** Why a check is there that no mistake and no mutant fails at all, by its id in any part. */
const UNFAILED: Readonly<Record<string, string>> = {
  'tidy-code': 'a print in the content loss fails it; its rules are the same for every file',
};

const SHOWN =
  'shown to students with its values before they submit; private checks ask for the same on other inputs';
const HIDDEN = 'on inputs that nobody has seen: answers that were stored for the public cases fail here';
const ASKED = 'its questions are its own; the mistakes on record get others wrong as well';

/**
 * Why a check is there that nothing fails alone: a stock sentence, by its kind and whether students see it. Undefined
 * where nothing fails it and nobody has said why.
 */
export function reasonFor(
  { check, failures }: NeverAlone,
  { kind, isPublic }: { readonly kind: Check['kind']; readonly isPublic: boolean },
): string | undefined {
  if (failures === 0) return UNFAILED[check];
  if (kind === 'quiz') return ASKED;
  return isPublic ? SHOWN : HIDDEN;
}
