import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * The addresses of a template's handouts, for links on a page.
 * @param options.directory where the page will lie
 * @returns for a part's id the address relative to the page, or undefined where it has no handout
 */
export function handoutsOf(options: {
  readonly template: string;
  readonly directory: string;
}): (part: string) => string | undefined {
  const { template, directory } = options;
  return (part) => {
    const file = join(template, 'handouts', `${part}.md`);
    if (!existsSync(file)) return undefined;
    return relative(directory, file).split(sep).map(encodeURIComponent).join('/');
  };
}
