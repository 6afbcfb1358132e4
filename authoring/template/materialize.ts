import { readFileSync } from 'node:fs';
import { MagicString } from 'magic-string';
import type ts from 'typescript';
import { missingReturnTypes } from './exports.ts';
import { findingAbout, findingAt, TemplateError, type Finding } from './findings.ts';
import type { ShippedFile } from './layout.ts';
import { findLeftovers, solutionText, type SolutionText } from './leftovers.ts';
import { findRegions, type Region } from './regions.ts';
import { parseModule, syntaxErrors, type SourceModule } from './source-module.ts';
import { rewriteSpecifiers } from './specifiers.ts';
import { removeMarkers, replaceRegions } from './stub.ts';
import { unmark, unmarkFindings } from './unmark.ts';

/** `template`: regions become stubs and answers come unmarked; `solution`: only the marker lines go. */
export type Mode = 'template' | 'solution';

const textFile = /\.(?:ts|json|md|txt|html|css|csv)$|(?:^|\/)\.[a-z]+$/;

/** Two files in one place, or one file in two, would leave imports without an answer. */
function layoutFindings(files: readonly ShippedFile[]): Finding[] {
  const findings: Finding[] = [];
  const places = new Set<string>();
  const sources = new Set<string>();
  for (const { templatePath, source } of files) {
    const remedy = "correct the part's list of files";
    if (places.has(templatePath.toLowerCase())) {
      findings.push(findingAbout(source, { problem: `another file is already at ${templatePath}`, remedy }));
    }
    if (sources.has(source)) {
      findings.push(findingAbout(source, { problem: 'the file is listed twice', remedy }));
    }
    places.add(templatePath.toLowerCase());
    sources.add(source);
  }
  return findings;
}

/** What a solution file must be like beyond its regions, and what a given one must not contain. */
function roleFindings(
  module: SourceModule,
  role: ShippedFile['role'],
  regions: readonly Region[],
): Finding[] {
  if (role === 'solution' || role === 'solved') {
    if (regions.length > 0) return missingReturnTypes(module, regions);
    const problem = 'a solution file without a solution region would ship as it is';
    return [
      findingAbout(module.path, { problem, remedy: "mark the regions or give the file the role 'given'" }),
    ];
  }
  const remedy = "give the file the role 'solution' or remove the markers";
  return regions.map(({ begin, functionName }) => {
    const problem = `solution region of ${functionName} in a file that ships whole`;
    return findingAt(module.sourceFile, begin.start, { problem, remedy });
  });
}

function rewrite(
  file: ShippedFile,
  { mode, templatePathOf }: { mode: Mode; templatePathOf: ReadonlyMap<string, string> },
): { text: string; findings: readonly Finding[]; solutions: readonly SolutionText[] } {
  const { templatePath, source, role } = file;
  const text = readFileSync(source, 'utf8');
  const module = parseModule(source, text);
  if (module.syntaxErrors.length > 0) return { text, findings: module.syntaxErrors, solutions: [] };
  const { regions, findings: misplaced } = findRegions(module);
  const findings = [...misplaced, ...(misplaced.length > 0 ? [] : roleFindings(module, role, regions))];
  if (findings.length > 0) return { text, findings, solutions: [] };

  const edits = new MagicString(text);
  const gone = new Set<ts.Node>();
  if (mode === 'solution' || role === 'solved') removeMarkers(edits, module, regions);
  else if (regions.length > 0) {
    const stubbed = replaceRegions(edits, module, { regions, templatePath });
    findings.push(...stubbed.findings);
    for (const node of [...stubbed.removed, ...regions.flatMap(({ statements }) => statements)])
      gone.add(node);
  }
  findings.push(
    ...rewriteSpecifiers(edits, module, { templatePath, templatePathOf, skip: (node) => gone.has(node) }),
  );
  const written = edits.toString();
  for (const { problem, line } of syntaxErrors(source, written)) {
    const remedy = 'move the region markers so that they enclose whole statements';
    findings.push(
      findingAbout(source, {
        problem: `the generated file does not parse (line ${line}): ${problem}`,
        remedy,
      }),
    );
  }
  const kept = role === 'solution' ? regions : [];
  return { text: written, findings, solutions: kept.map((region) => solutionText(module, region)) };
}

/** A file that is no code: the bytes of a picture, a page as it is, or a document with its answers unmarked. */
function contentOf({ templatePath, source, role }: ShippedFile, mode: Mode): Uint8Array | string {
  if (role === 'document' && mode === 'template') return unmark(readFileSync(source, 'utf8'));
  return textFile.test(templatePath) ? readFileSync(source, 'utf8') : readFileSync(source);
}

/**
 * The files of the template, by template path: text with its imports mapped to the template's layout, other
 * files as bytes. In mode `template` no statement of a solution is left.
 *
 * @throws TemplateError naming everything that is wrong with the sources, in all files.
 */
export function materialize({
  files,
  mode,
}: {
  files: readonly ShippedFile[];
  mode: Mode;
}): Map<string, Uint8Array | string> {
  const findings = layoutFindings(files);
  const templatePathOf = new Map(files.map(({ source, templatePath }) => [source, templatePath]));
  const content = new Map<string, Uint8Array | string>();
  const solutions: SolutionText[] = [];
  for (const file of files.toSorted((a, b) => (a.templatePath < b.templatePath ? -1 : 1))) {
    const { templatePath, source, role } = file;
    if (source.endsWith('.ts')) {
      const rewritten = rewrite(file, { mode, templatePathOf });
      content.set(templatePath, rewritten.text);
      findings.push(...rewritten.findings);
      solutions.push(...rewritten.solutions);
    } else {
      if (role === 'solution' || role === 'solved') {
        const problem = 'only TypeScript files can have the role solution';
        findings.push(findingAbout(source, { problem, remedy: "give it the role 'given'" }));
      }
      content.set(templatePath, contentOf(file, mode));
      if (role === 'document') findings.push(...unmarkFindings(source, readFileSync(source, 'utf8')));
    }
  }
  if (mode === 'template' && findings.length === 0) {
    // Whoever ships a solved part has decided to show it.
    const solved = new Set(files.filter(({ role }) => role === 'solved').map((file) => file.templatePath));
    const others = new Map([...content].filter(([path]) => !solved.has(path)));
    findings.push(...findLeftovers(others, solutions));
  }
  if (findings.length > 0) throw new TemplateError(findings);
  return content;
}
