import ts from 'typescript';
import { findingAt, type Finding } from './findings.ts';
import { hasBody, namedFunctionAround } from './function-names.ts';
import { findMarkers, type Marker } from './markers.ts';
import { pairMarkers } from './pair-markers.ts';
import { walk, type SourceModule } from './source-module.ts';

/** The part of a function that the student writes: whole statements of one block between two markers. */
export interface Region {
  readonly begin: Marker;
  readonly end: Marker;
  readonly statements: readonly ts.Statement[];
  /** The nearest function around it that has a name. */
  readonly functionName: string;
  readonly functionNode: ts.FunctionLikeDeclaration;
}

/** The innermost node whose own text, comments before it left out, contains the offset. */
function innermostNode(sourceFile: ts.SourceFile, offset: number): ts.Node {
  let innermost: ts.Node = sourceFile;
  walk(sourceFile, (node) => {
    if (node === sourceFile) return true;
    if (offset < node.getStart(sourceFile) || offset >= node.end) return false;
    innermost = node;
    return true;
  });
  return innermost;
}

function regionBetween(
  sourceFile: ts.SourceFile,
  begin: Marker,
  end: Marker,
): Region | Omit<Finding, 'file' | 'line' | 'column'> {
  const block = innermostNode(sourceFile, begin.start);
  const enclosing = namedFunctionAround(block);
  if (!ts.findAncestor(block, hasBody)) {
    return {
      problem: 'solution region outside a function',
      remedy: 'move the markers inside the body of a function',
    };
  }
  if (!enclosing) {
    return {
      problem: 'solution region in a function without a name',
      remedy: 'give the function, or one around it, a name',
    };
  }
  const half = { remedy: 'move the markers so that they enclose whole statements of one block' };
  if (!ts.isBlock(block)) return { problem: 'the region begins inside a statement', ...half };
  if (innermostNode(sourceFile, end.start) !== block) {
    return { problem: 'the region begins in one block and ends in another, or inside a statement', ...half };
  }
  const statements = block.statements.filter(
    (statement) => statement.getStart(sourceFile) >= begin.end && statement.end <= end.start,
  );
  if (statements.length === 0) {
    return {
      problem: 'empty solution region',
      remedy: 'put the solution between the markers or remove both',
    };
  }
  return { begin, end, statements, functionName: enclosing.name, functionNode: enclosing.node };
}

/** Names that a region declares and code outside it uses: with the region gone they would be undeclared. */
function namesUsedOutside(module: SourceModule, region: Region): Finding[] {
  const { sourceFile } = module;
  const inside = (node: ts.Node): boolean =>
    node.getStart(sourceFile) >= region.begin.end && node.end <= region.end.start;
  const findings: Finding[] = [];
  walk(sourceFile, (node) => {
    if (region.statements.some((statement) => statement === node)) return false;
    if (!ts.isIdentifier(node) || !module.symbolOf(node)?.declarations?.some(inside)) return true;
    const problem = `"${node.text}" is declared in the solution region of ${region.functionName} but used outside it`;
    const remedy = 'include this use in the region or declare the name before the region';
    findings.push(findingAt(sourceFile, node.getStart(sourceFile), { problem, remedy }));
    return true;
  });
  return findings;
}

/**
 * The solution regions of a file. One region to a named function: the first one throws, so anything after it
 * could never run, and a second stub would tell the student nothing.
 */
export function findRegions(module: SourceModule): { regions: Region[]; findings: Finding[] } {
  const { sourceFile } = module;
  const { markers, findings: misspelt } = findMarkers(sourceFile);
  const { pairs, findings: unpaired } = pairMarkers(sourceFile, markers);
  const findings = [...misspelt, ...unpaired];
  const regions: Region[] = [];
  for (const [begin, end] of pairs) {
    const region = regionBetween(sourceFile, begin, end);
    if ('problem' in region) findings.push(findingAt(sourceFile, begin.start, region));
    else if (regions.some(({ functionNode }) => functionNode === region.functionNode)) {
      const problem = `second solution region in ${region.functionName}, where the first one already throws`;
      findings.push(
        findingAt(sourceFile, begin.start, {
          problem,
          remedy: 'merge the regions of this function into one',
        }),
      );
    } else {
      regions.push(region);
      findings.push(...namesUsedOutside(module, region));
    }
  }
  return { regions, findings };
}
