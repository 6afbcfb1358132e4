import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartDefinition } from '../../../grader/assignment/define.ts';
import { assignment } from '../../../reference/assignment.ts';
import { FIXTURES } from '../../../repository.ts';
import { classVisualizationStyles, gradCamStyles, saliencyMapStyles } from './inspection.ts';
import { cleverHansStyles, contrastiveStyles, minimalChangeStyles } from './introspection-two.ts';
import { activationMaximizationStyles, attributionStyles, saliencyVariantsStyles } from './introspection.ts';
import { contentLossStyles, styleLossStyles, styleTransferStyles, tvLossStyles } from './style-transfer.ts';
import type { Style } from './style.ts';

const STYLES: Readonly<Record<string, readonly Style[]>> = {
  'class-visualization': classVisualizationStyles,
  'saliency-map': saliencyMapStyles,
  'grad-cam': gradCamStyles,
  'content-loss': contentLossStyles,
  'style-loss': styleLossStyles,
  'tv-loss': tvLossStyles,
  'style-transfer': styleTransferStyles,
  'saliency-variants': saliencyVariantsStyles,
  'activation-maximization': activationMaximizationStyles,
  attribution: attributionStyles,
  'clever-hans': cleverHansStyles,
  contrastive: contrastiveStyles,
  'minimal-change': minimalChangeStyles,
};

const SHOULD_PASS = join(FIXTURES, 'submissions/should-pass');

/** A part solved in one way of its own: the files that it consists of, by their paths in a submission. */
export interface WrittenStyle {
  readonly part: string;
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Everything between the markers of a function of the reference, as it stands in a submission. */
const REGION = / *\/\/ BEGIN SOLUTION\n([\s\S]*?) *\/\/ END SOLUTION\n/g;
const FUNCTION = /^export function (\w+)\(/gm;

/** A reference file with what the style writes in the place of each region. */
function written(
  part: PartDefinition,
  { name, bodies = {}, imports, helpers, rewrite }: Style,
): WrittenStyle {
  const entries = Object.entries(part.files).filter(([, { role }]) => role === 'solution');
  if (entries.length !== 1) throw new Error(`${part.id} has not one file of code`);
  const [[path, { source }]] = entries;
  const reference = readFileSync(join(part.directory, source), 'utf8');
  let text = readFileSync(join(SHOULD_PASS, 'reference', path), 'utf8');
  const used = new Set<string>();
  for (const region of reference.matchAll(REGION)) {
    const [owner] = [...reference.slice(0, region.index).matchAll(FUNCTION)].slice(-1);
    const body = bodies[owner[1]];
    if (body === undefined) continue;
    if (text.split(region[1]).length !== 2)
      throw new Error(`${part.id}: the region of ${owner[1]} is not there once`);
    text = text.replace(region[1], () => `${body.replace(/^\n/, '')}\n`);
    used.add(owner[1]);
  }
  const unknown = Object.keys(bodies).filter((one) => !used.has(one));
  if (unknown.length > 0) throw new Error(`${part.id}, ${name}: no function ${unknown.join(', ')}`);
  const whole = [...(imports ? [`${imports}\n`] : []), text, ...(helpers ? [`${helpers}\n`] : [])].join('');
  return { part: part.id, name, files: new Map([[path, rewrite ? rewrite(whole) : whole]]) };
}

function filesBelow(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

/** The folders of other solutions, and the styles of the table. */
function stylesOf(part: PartDefinition): WrittenStyle[] {
  const folder = join(SHOULD_PASS, part.id);
  const folders = (existsSync(folder) ? readdirSync(folder) : []).map((name) => ({
    part: part.id,
    name,
    files: filesBelow(join(folder, name)),
  }));
  return [...folders, ...(STYLES[part.id] ?? []).map((style) => written(part, style))];
}

/** All styles but the reference itself. */
export const styles: readonly WrittenStyle[] = assignment.parts.flatMap(stylesOf);

/**
 * The styles as submissions, each with at most one style of a part, so that one grading judges as many as there are
 * parts. No two of a submission write the same file.
 */
export const submissions: readonly (readonly WrittenStyle[])[] = (() => {
  const groups: WrittenStyle[][] = [];
  for (const style of styles) {
    const fits = (group: readonly WrittenStyle[]): boolean =>
      group.every(
        (one) => one.part !== style.part && ![...style.files.keys()].some((path) => one.files.has(path)),
      );
    const group = groups.find(fits);
    if (group) group.push(style);
    else groups.push([style]);
  }
  return groups;
})();
