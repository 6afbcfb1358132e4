import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What begins the paragraph that says why a wrong solution keeps more than it usually may. */
const KEEPS_MUCH = 'It keeps much: ';

/** The `README.md` of a typical mistake. */
export interface MistakePage {
  /** What it says of the mistake, in one line; empty where there is no page. */
  readonly about: string;
  /** Its last paragraph, for those who write rubrics: why this keeps more points than a wrong solution usually may. */
  readonly keepsMuch: string | undefined;
}

export function readMistakePage(folder: string): MistakePage {
  const path = join(folder, 'README.md');
  const paragraphs = (existsSync(path) ? readFileSync(path, 'utf8') : '')
    .replaceAll(/^#.*$/gm, '')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replaceAll(/\s*\n\s*/g, ' '))
    .filter((paragraph) => paragraph !== '');
  const last = paragraphs.at(-1);
  const reason = last?.startsWith(KEEPS_MUCH) ? last.slice(KEEPS_MUCH.length) : undefined;
  return {
    about: paragraphs.slice(0, reason === undefined ? undefined : -1).join(' '),
    keepsMuch: reason,
  };
}
