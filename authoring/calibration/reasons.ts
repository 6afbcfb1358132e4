import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Check } from '../../grader/checks/index.ts';
import { FIXTURES } from '../../repository.ts';
import type { NeverAlone } from './margins.ts';

/** Why a check is there that no mistake and no mutant fails at all, by its id in any part. */
const UNFAILED: Readonly<Record<string, string>> = {
  'tidy-code': 'a print in the content loss fails it; its rules are the same for every file',
};

const SHOWN =
  'shown to students with its values before they submit; private checks ask for the same on other inputs';
const HIDDEN = 'on inputs that nobody has seen: answers that were stored for the public cases fail here';
const ASKED = 'its questions are its own; the mistakes on record get others wrong as well';

const sentences = z.record(z.string(), z.string().min(1));
/** By the ids of a part's checks. */
export type Reasons = Readonly<Record<string, string>>;

/** Where the reasons of a part are written down, one sentence for each check that nothing fails alone. */
export const reasonsPath = (part: string): string => join(FIXTURES, 'calibration/reasons', `${part}.json`);

/** What those who looked into a part's checks have found; nothing where nobody has. */
export function loadReasons(part: string): Reasons {
  const path = reasonsPath(part);
  return existsSync(path) ? sentences.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
}

/** Why a check is there that nothing fails alone. */
export interface Reason {
  readonly text: string;
  /** Whether it goes by the kind of check alone, and nobody has looked into this one. */
  readonly isStock: boolean;
}

/**
 * Why a check is there that nothing fails alone: what was found of it, else a stock sentence, by its kind and whether
 * students see it. Undefined where nothing fails it and nobody has said why.
 */
export function reasonFor(
  { check, failures }: NeverAlone,
  {
    kind,
    isPublic,
    found = {},
  }: { readonly kind: Check['kind']; readonly isPublic: boolean; readonly found?: Reasons },
): Reason | undefined {
  if (Object.hasOwn(found, check)) return { text: found[check], isStock: false };
  if (failures === 0) {
    return Object.hasOwn(UNFAILED, check) ? { text: UNFAILED[check], isStock: false } : undefined;
  }
  const text = isPublic ? SHOWN : HIDDEN;
  return { text: kind === 'quiz' ? ASKED : text, isStock: true };
}
