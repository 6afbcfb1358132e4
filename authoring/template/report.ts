import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingAbout, TemplateError } from './findings.ts';
import type { ShippedPart } from './layout.ts';

const REPORT = 'report/report.md';
const HEADING = /^## (?!\d)/m;
/** `> **a.** Why ...?`: a question of a part, which gets the number of its section. */
const QUESTION = /^> \*\*([a-z])\.\*\*/gm;

/** The pages with open questions that parts bring with them, as sections with numbers from `first` on. */
function sectionsOf(parts: readonly ShippedPart[], first: number): string[] {
  const pages = parts.flatMap(({ directory, report, solved }) =>
    report === undefined || solved ? [] : [join(directory, report)],
  );
  return pages.map((source, i) => {
    const text = readFileSync(source, 'utf8').trim();
    if (!HEADING.test(text) || !text.match(QUESTION)) {
      const problem = 'a page of open questions has a heading and a question';
      const remedy = 'begin it with "## Title", and each question with "> **a.** "';
      throw new TemplateError([findingAbout(source, { problem, remedy })]);
    }
    return text.replace(HEADING, `## ${first + i}. `).replaceAll(QUESTION, `> **${first + i}$1.**`);
  });
}

/**
 * Appends the open questions of parts to the written part.
 *
 * @returns the pages that this changes, by template path
 * @throws TemplateError where a page has no heading or asks nothing
 */
export function completeReport({
  parts,
  content,
}: {
  parts: readonly ShippedPart[];
  content: ReadonlyMap<string, string | Uint8Array>;
}): Map<string, string> {
  const report = content.get(REPORT);
  if (typeof report !== 'string') return new Map();
  const numbers = [...report.matchAll(/\*\*(\d+)[a-z]?\.\*\*/g)].map(([, number]) => Number(number));
  const sections = sectionsOf(parts, Math.max(0, ...numbers) + 1);
  return sections.length === 0
    ? new Map()
    : new Map([[REPORT, `${[report.trimEnd(), ...sections].join('\n\n')}\n`]]);
}
