import { GraderError } from '../../grader/format/errors.ts';
import type { PartNames } from './skeleton.ts';

/** Points of the skeleton's rubric. */
const POINTS = 4;

/** The text of `reference/assignment.ts` with a part more: imported, last in both lists, its points in the total. */
export function withPart(text: string, { name, camel }: PartNames): string {
  const imported = `import { ${camel}Part } from './parts/${name}/part.ts';\n`;
  const steps: readonly (readonly [what: RegExp, by: (...found: string[]) => string])[] = [
    [/(?:^import .* from '\.\/parts\/.*\n)+/m, (imports) => sortedLines(imports + imported)],
    [
      /^( *)points: (\d+(?:\.\d+)?),$/m,
      (_, indent, points) => `${indent}points: ${Number(points) + POINTS},`,
    ],
    [/^( *)\]\.map\(\(part\)/m, (end, indent) => `${indent}  ${camel}Part,\n${end}`],
    [/(order: \[(?:[^\]]*\n)?)( *)\]/, (_, names, indent) => `${names}${indent}  '${name}',\n${indent}]`],
  ];
  return steps.reduce((before, [what, by]) => {
    if (!what.test(before))
      throw new GraderError(`reference/assignment.ts: nothing there looks like ${what.source}`);
    return before.replace(what, (...found: string[]) => by(...found));
  }, text);
}

function sortedLines(text: string): string {
  const path = (line: string): string => line.slice(line.indexOf("'"));
  const lines = text.trimEnd().split('\n');
  return `${lines.toSorted((a, b) => (path(a) < path(b) ? -1 : 1)).join('\n')}\n`;
}
